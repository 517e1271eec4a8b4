import type { Plan } from "../../types.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import { fitsOwnNormative } from "./judge_cohort.ts";
import { splitSha256 } from "../cohort/split_sha256.ts";

/** What decides whether a split means anything. */
export interface ReleaseOptions {
  readonly plan: Pick<Plan, "splitSha256" | "vae" | "name">;
  /** Whether the models bring mean, covariance and reference of their own. */
  readonly given: boolean;
  /** Whether the cohort file itself states the split. */
  readonly stated: boolean;
}

/**
 * A drawn split keeps apart what was fitted on a cohort and what is judged. Where nothing is fitted on it, because it is too small
 * and the models come from another cohort, all of its heads may be judged: they are held out, every one.
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
      `The models come from ${plan.name} and nothing was fitted on this cohort: all of its heads are compared, none is set aside.`,
    ],
  };
}
