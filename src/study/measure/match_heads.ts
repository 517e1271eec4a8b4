import type { HeadMask } from "../../types.ts";
import type { ExpectedHead } from "../cohort/film_job.ts";

/** A head of the cohort file, and the head that was found for it on the film; null if none was found. */
export type HeadMatch = readonly [expected: ExpectedHead, found: HeadMask | null];

/**
 * Assigns to each head that the cohort file lists on a film the found head of the same side, if there is exactly one.
 * If then exactly one listed and one found head remain, and the side of at least one of them is `unknown`, these two
 * are matched.
 */
export function matchHeads(expected: readonly ExpectedHead[], found: readonly HeadMask[]): HeadMatch[] {
  const free = new Set(found);
  const matches = new Map<ExpectedHead, HeadMask>();
  for (const head of expected) {
    const same = [...free].filter((mask) => mask.side === head.side && head.side !== "unknown");
    if (same.length !== 1) continue;
    matches.set(head, same[0]);
    free.delete(same[0]);
  }
  const waiting = expected.filter((head) => !matches.has(head));
  const [only] = free;
  if (waiting.length === 1 && free.size === 1 && [waiting[0].side, only.side].includes("unknown")) {
    matches.set(waiting[0], only);
  }
  return expected.map((head) => [head, matches.get(head) ?? null]);
}
