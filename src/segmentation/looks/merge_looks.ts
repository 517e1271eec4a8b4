import type { FoundCandidate } from "./find_candidates.ts";
import { type HeadThresholds, judgeHead } from "./judge_head.ts";
import { type Candidate, overlap } from "../sides/assign_sides.ts";

/** Two outlines with at least this overlap (IoU) count as the same place. */
const SAME_PLACE = 0.5;

/** The candidates that are heads, marked as certain or uncertain. */
export function judgeCandidates(found: readonly FoundCandidate[], thresholds?: HeadThresholds): Candidate[] {
  return found.flatMap(({ candidate, evidence }) => {
    const verdict = judgeHead(evidence, thresholds);
    return verdict === "none" ? [] : [{ ...candidate, doubtful: verdict === "doubtful" }];
  });
}

/**
 * Combines the heads of the first run (the plain view, averaged with the mirrored one if the plan says so) with those
 * of the second run (the mean of several views), which follows if the first run leaves doubt. Heads that are certain in
 * the first run remain. All other heads come from the second run. If the first run has a candidate at the same place,
 * even a rejected one, a head of the second run stays certain or uncertain. Otherwise the head must be certain in the
 * second run, and is reported as uncertain. Duplicates are removed later, by `assignSides`.
 *
 * @param options.once candidates of the first run
 * @param options.views candidates of the second run
 */
export function mergeLooks(
  { once, views }: { once: readonly FoundCandidate[]; views: readonly FoundCandidate[] },
  thresholds?: HeadThresholds,
): Candidate[] {
  const sure = judgeCandidates(once, thresholds).filter(({ doubtful }) => !doubtful);
  const more = judgeCandidates(views, thresholds).flatMap((candidate): Candidate[] => {
    const confirmed = once.some(({ candidate: { outline } }) =>
      overlap(outline, candidate.outline) >= SAME_PLACE
    );
    if (confirmed) return [candidate];
    return candidate.doubtful ? [] : [{ ...candidate, doubtful: true }];
  });
  return [...sure, ...more];
}
