import type { Thin } from "../../../src/figures/figure_options.ts";
import { MANY_HEADS } from "../../many_heads.ts";
import { thinEvenly } from "./thin_evenly.ts";

/** Heads of a grade that a figure draws one by one, where heads are many. */
export const MARKS = 1500;
/** Fewer where all lie in one row and run together sooner. */
export const TICKS = 300;

/** Takes at most that many of each grade's heads; undefined where every head is drawn. */
export function thinMarks({ n }: { readonly n: number }, most = MARKS): Thin | undefined {
  return n > MANY_HEADS ? (items) => thinEvenly(items, most) : undefined;
}

/** What a caption says of it; nothing where every head is drawn. */
export function marksWords({ n }: { readonly n: number }): string {
  return n > MANY_HEADS
    ? ` Of each grade at most ${
      MARKS.toLocaleString("en-GB")
    } heads are drawn, taken evenly; everything else is of all heads.`
    : "";
}
