import type { Plan } from "../../types.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import { fitsOwnNormative } from "./judge_cohort.ts";
import { splitSha256 } from "../cohort/split_sha256.ts";

/** Options of {@linkcode releaseSplit}. */
export interface ReleaseOptions {
  readonly plan: Pick<Plan, "splitSha256" | "vae" | "name">;
  /** True if the models include mean, covariance and reference. */
  readonly given: boolean;
  /** True if the cohort file states the split. */
  readonly stated: boolean;
}

/**
 * A drawn split separates heads used for fitting from heads that are evaluated. If nothing is fitted to the cohort, because it is too small
 * and the models come from another cohort, all heads can be evaluated, so all are marked as held out.
 */
export function releaseSplit(
  heads: readonly JudgedHead[],
  { plan, given, stated }: ReleaseOptions,
): { heads: readonly JudgedHead[]; notes: readonly string[] } {
  const fitted = !given || stated || fitsOwnNormative(heads, { d: plan.vae.latentSize }) ||
    splitSha256(heads) === plan.splitSha256;
  if (fitted) return { heads, notes: [] };
  return {
    heads: heads.map((head) => ({ ...head, split: "held-out" as const })),
    notes: [
      `The models come from ${plan.name} and nothing was fitted to this cohort, so all of its graded heads are compared.`,
    ],
  };
}
