import type { HeadMask } from "../../types.ts";
import type { ExpectedHead } from "../cohort/film_job.ts";

/** Which found head is which expected one; null where none fits. */
export type HeadMatch = readonly [expected: ExpectedHead, found: HeadMask | null];

/**
 * Gives each expected head of a film the found head of its side. Where exactly one of either is left without a side to
 * tell it by (`unknown`), the two belong together.
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
