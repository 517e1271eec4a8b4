import type { DeskEntry } from "./desk_act.ts";

/**
 * Doubt of a film without a head; doubt added if there is only one head; doubt added for each quality code except
 * `one-head` and `synthetic`.
 */
const NO_HEAD = 2, ONE_HEAD = 0.3, CODED = 0.2;

/**
 * Priority with which a film should be checked: 1 minus the lowest confidence of its heads, plus additions if only one
 * head was found or the film has quality codes. 0 means that nothing is doubtful. The desk lists films in descending order of
 * this value.
 */
export function filmDoubt(found: Extract<DeskEntry, { act: "found" }>): number {
  const { heads, quality } = found;
  if (heads.length === 0) return NO_HEAD;
  const least = heads.reduce((low, { confidence }) => Math.min(low, confidence), 1);
  const coded = quality.filter((code) => code !== "one-head" && code !== "synthetic").length;
  return 1 - least + (heads.length === 1 ? ONE_HEAD : 0) + CODED * coded;
}
