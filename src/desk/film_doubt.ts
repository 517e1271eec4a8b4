import type { DeskEntry } from "./desk_act.ts";

/** Doubt added for a film without a head, with only one head, or with a quality code. */
const NO_HEAD = 2, ONE_HEAD = 0.3, CODED = 0.2;

/**
 * How much a film needs checking, 0 for not at all: 1 minus the lowest confidence of its heads, plus additions if heads are missing or
 * the film has quality codes. The desk shows films in descending order of this value.
 */
export function filmDoubt(found: Extract<DeskEntry, { act: "found" }>): number {
  const { heads, quality } = found;
  if (heads.length === 0) return NO_HEAD;
  const least = heads.reduce((low, { confidence }) => Math.min(low, confidence), 1);
  const coded = quality.filter((code) => code !== "one-head" && code !== "synthetic").length;
  return 1 - least + (heads.length === 1 ? ONE_HEAD : 0) + CODED * coded;
}
