import type { Plan } from "../../types.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import { fitsOwnNormative } from "./judge_cohort.ts";
import { splitSha256 } from "../cohort/split_sha256.ts";

/** Options of {@linkcode releaseSplit}. */
export interface ReleaseOptions {
  readonly plan: Pick<Plan, "splitSha256" | "vae" | "name">;
  /**
   * True if the models folder has a normative model, residual scale and calibration, so that the cohort need not be used
   * for fitting.
   */
  readonly given: boolean;
  /** True if the cohort file states the split. */
  readonly stated: boolean;
}

/**
 * Marks all heads as held out if nothing needs to be fitted to the cohort, so that all heads can be evaluated. That is
 * the case if the cohort is too small for a normative model of its own, the models folder has everything that would be
 * fitted, its models come from another cohort (or another split), and the cohort file states no split. Otherwise the
 * split stays as it is.
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
