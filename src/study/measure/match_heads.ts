import type { HeadMask } from "../../types.ts";
import type { ExpectedHead } from "../cohort/film_job.ts";

/** A head of the cohort file and the head found for it on the film, or null. */
export type HeadMatch = readonly [expected: ExpectedHead, found: HeadMask | null];

/**
 * Assigns to each expected head of a film the found head of its side. If exactly one of each remains and a side is
 * `unknown`, the two are matched.
 */
export function matchHeads(expected: readonly ExpectedHead[], found: readonly HeadMask[]): HeadMatch[] {
  const left = new Set(found);
  const matches = new Map<ExpectedHead, HeadMask>();
  for (const head of expected) {
    const same = [...left].filter((mask) => mask.side === head.side && head.side !== "unknown");
    if (same.length !== 1) continue;
    matches.set(head, same[0]);
    left.delete(same[0]);
  }
  const waiting = expected.filter((head) => !matches.has(head));
  const [only] = left;
  if (waiting.length === 1 && left.size === 1 && [waiting[0].side, only.side].includes("unknown")) {
    matches.set(waiting[0], only);
  }
  return expected.map((head) => [head, matches.get(head) ?? null]);
}
