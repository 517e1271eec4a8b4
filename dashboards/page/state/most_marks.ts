import { MANY_HEADS } from "../../many_heads.ts";

const MOST = 3000;

/** Marks that a figure of heads may draw for a grade: all, or few enough to draw where heads are many. */
export function mostMarks({ n }: { readonly n: number }): number {
  return n > MANY_HEADS ? MOST : Infinity;
}

/** The same for fine ticks in one row, which run together sooner. */
export function mostTicks({ n }: { readonly n: number }): number {
  return n > MANY_HEADS ? 300 : Infinity;
}

/** What a caption says of it; nothing where every head is drawn. */
export function marksWords({ n }: { readonly n: number }): string {
  return n > MANY_HEADS
    ? " Of each grade at most 3,000 heads are drawn, taken evenly; everything else is of all heads."
    : "";
}
