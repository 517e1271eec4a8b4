import type { FoundCandidate } from "./find_candidates.ts";
import { type HeadThresholds, judgeHead } from "./judge_head.ts";
import { type Candidate, overlap } from "../sides/assign_sides.ts";

/** Two outlines that overlap by so much are one place seen twice. */
const SAME_PLACE = 0.5;

/** Places judged by one look: heads, sure and doubtful. */
export function judgeCandidates(found: readonly FoundCandidate[], thresholds?: HeadThresholds): Candidate[] {
  return found.flatMap(({ candidate, evidence }) => {
    const verdict = judgeHead(evidence, thresholds);
    return verdict === "none" ? [] : [{ ...candidate, doubtful: verdict === "doubtful" }];
  });
}

/**
 * Heads of a film that was looked at once and then, because of doubt, in several views. What was sure at first stays. Anything else must be
 * seen by both: it is sure if the mean of the views is, else doubtful. What only the mean of the views sees must be sure there, and is
 * doubtful for that.
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
