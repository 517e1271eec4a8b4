import type { DeskEntry } from "./desk_act.ts";

/** What a film without a head, with one, or with a code that doubts it adds. */
const NO_HEAD = 2, ONE_HEAD = 0.3, CODED = 0.2;

/**
 * How much a film needs to be looked at, 0 for none: what the least sure head lacks in confidence, and more where heads are missing or
 * something speaks against the film. Films come to a reader by this, largest first.
 */
export function filmDoubt(found: Extract<DeskEntry, { act: "found" }>): number {
  const { heads, quality } = found;
  if (heads.length === 0) return NO_HEAD;
  const least = heads.reduce((low, { confidence }) => Math.min(low, confidence), 1);
  const coded = quality.filter((code) => code !== "one-head").length;
  return 1 - least + (heads.length === 1 ? ONE_HEAD : 0) + CODED * coded;
}
