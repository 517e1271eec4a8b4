import type { Thin } from "../../../src/figures/figure_options.ts";
import { MANY_HEADS } from "../../many_heads.ts";
import { thinEvenly } from "./thin_evenly.ts";

/** Largest number of heads per grade that a figure draws individually in a large study (more than MANY_HEADS heads). */
export const MARKS = 1500;
/** The same limit for figures with the heads of a grade in one row, where symbols overlap sooner. */
export const TICKS = 300;

/** Returns a function that selects at most `most` items, evenly spaced; undefined if every head is drawn. */
export function thinMarks({ n }: { readonly n: number }, most = MARKS): Thin | undefined {
  return n > MANY_HEADS ? (items) => thinEvenly(items, most) : undefined;
}

/** Sentence for a caption that says how many heads are drawn; empty if every head is drawn. */
export function marksWords({ n }: { readonly n: number }): string {
  return n > MANY_HEADS
    ? ` Of each grade at most ${
      MARKS.toLocaleString("en-GB")
    } heads are drawn, evenly spaced; everything else uses all heads.`
    : "";
}
