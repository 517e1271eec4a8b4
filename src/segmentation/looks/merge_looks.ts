import type { FoundCandidate } from "./find_candidates.ts";
import { type HeadThresholds, judgeHead } from "./judge_head.ts";
import { type Candidate, overlap } from "../sides/assign_sides.ts";

/** Two outlines with at least this overlap (IoU) are the same place. */
const SAME_PLACE = 0.5;

/** The candidates that are heads, marked as certain or uncertain. */
export function judgeCandidates(found: readonly FoundCandidate[], thresholds?: HeadThresholds): Candidate[] {
  return found.flatMap(({ candidate, evidence }) => {
    const verdict = judgeHead(evidence, thresholds);
    return verdict === "none" ? [] : [{ ...candidate, doubtful: verdict === "doubtful" }];
  });
}

/**
 * Combines the heads of the plain view with those of the mean of several views, which are computed when the plain view
 * leaves doubt. Heads that are certain in the plain view remain. All others are heads of the mean of the views. If the
 * plain view has a candidate at the same place, even a rejected one, such a head is certain or uncertain as in the
 * mean. Otherwise it must be certain in the mean, and is reported as uncertain. Duplicates are removed later, by
 * `assignSides`.
 *
 * @param options.once candidates of the plain view
 * @param options.views candidates of the mean of several views
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
