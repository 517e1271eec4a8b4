import { MANY_HEADS } from "../../many_heads.ts";
import { fitNormative } from "../../../src/normative/fit_normative.ts";
import { leaveOneOut } from "../../../src/normative/leave_one_out.ts";
import { mahalanobis } from "../../../src/normative/mahalanobis.ts";
import { comparePairs } from "../../../src/stats/compare/compare_pairs.ts";
import type { CovarianceEstimator } from "../../../src/types.ts";
import { comparedHeads, comparedHealthy, fittedHere } from "./compared_heads.ts";
import { type Comparisons, setComparisons, studyComparisons } from "./comparisons.ts";
import { firstDeviations } from "./first_deviations.ts";
import { withMeasure } from "./measures.ts";
import { percentilePlaces } from "./percentile_places.ts";
import type { PageStudy } from "./page_study.ts";
import type { Deviations, Store } from "./store.ts";
import { isInputError } from "../../../src/input_error.ts";

/** Reason why the covariance cannot be changed in a large study, to be printed after a colon. */
export const TOO_MANY = `with more than ${
  MANY_HEADS.toLocaleString("en-GB")
} heads, repeating the tests would take minutes; change the plan and run the study again`;

/**
 * Distances of all heads with another covariance, computed with the same functions as in the study. The covariance is
 * fitted on the healthy training heads, which are themselves scored leave-one-out; the compared healthy
 * heads are the reference group.
 *
 * @throws {RangeError} if mean and covariance came with the models, because the latent vectors of their training heads
 * are not in the study, or if the study has more than `MANY_HEADS` heads.
 * @throws {InputError} if there are too few healthy training heads for the estimator; see `fitNormative`.
 */
export function recompute(study: PageStudy, estimator: CovarianceEstimator): Deviations {
  if (!fittedHere(study)) {
    throw new RangeError("the covariance came with the models, whose training heads are not in this study");
  }
  if (study.n > MANY_HEADS) throw new RangeError(TOO_MANY);
  const { d } = study;
  const split = study.text("split");
  const train = Array.from(study.grade.keys()).filter((i) => split[i] === "train" && study.grade[i] === 0);
  const trainLatents = rowsAt(study, train); // [train, d]
  const model = fitNormative(trainLatents, {
    d,
    estimator,
    reference: { ...study.study.reference, latents: rowsAt(study, comparedHealthy(study)) },
  });
  const distance = mahalanobis(study.latents, model); // [n]
  const left = leaveOneOut(trainLatents, { d, estimator }); // [train]
  train.forEach((head, k) => (distance[head] = left[k]));
  return {
    estimator,
    measure: "distance",
    value: distance,
    distance,
    ...percentilePlaces(distance, model.referenceDistances),
    reference: model.referenceDistances,
    referenceDistance: model.referenceDistances,
    mean: model.mean,
    covariance: model.covariance,
  };
}

/** Latent vectors of some heads. // [heads, d] */
export function rowsAt({ latents, d }: PageStudy, heads: readonly number[]): Float64Array {
  const rows = new Float64Array(heads.length * d);
  heads.forEach((head, k) => rows.set(latents.subarray(head * d, (head + 1) * d), k * d));
  return rows;
}

/**
 * Handles changes of measure and covariance. New values are shown at once. Comparisons are taken from the study if it
 * contains them; otherwise they are computed afterwards, but not for more than `MANY_HEADS` heads. If a setting cannot
 * be used, a message is shown next to its control and the previous setting is restored.
 */
export function followSwitches(store: Store): void {
  const { study } = store;
  const original = firstDeviations(study);
  const bases = new Map<string, Deviations>([["study", original], [original.estimator, original]]);
  let [estimator, measure] = [store.view.estimator, store.view.measure];
  const apply = () => {
    const base = bases.get(store.view.estimator) ??
      recompute(study, store.view.estimator as CovarianceEstimator);
    const deviations = withMeasure(study, base, store.view.measure);
    bases.set(store.view.estimator, base);
    const known = base === original ? studyComparisons(study, store.view.measure) : null;
    const compute = !known && study.n <= MANY_HEADS; // more heads would block the page for minutes
    setComparisons(store, known ?? (compute ? "pending" : null));
    store.setDeviations(deviations);
    if (!compute) return;
    setTimeout(() => {
      if (store.deviations !== deviations) return; // the setting has changed again in the meantime
      setComparisons(store, compare(store, deviations));
      store.setDeviations({ ...deviations });
    }, 30); // let the page show the new values first
  };
  store.on("view", () => {
    if (store.view.estimator === estimator && store.view.measure === measure) return;
    try {
      apply();
      [estimator, measure] = [store.view.estimator, store.view.measure];
      store.setTrouble("");
      store.say(`Shown: ${measure}, ${store.deviations.estimator} covariance`);
    } catch (error) {
      const reason = (error as Error).message;
      store.setTrouble(
        `${
          store.view.estimator === estimator ? store.view.measure : store.view.estimator
        } cannot be used: ${reason}`,
      );
      store.setView({ estimator, measure });
    }
  });
}

/** Compares the grades by the given values, with the same function and numbers of resamples as in the study. */
function compare({ study }: Store, { value }: Deviations): Comparisons | null {
  const flags = comparedHeads(study), patient = study.text("patient");
  const heads = Array.from(flags.keys()).filter((i) => flags[i]);
  const { bootstraps = 10_000, permutations = 9999 } = studyComparisons(study, "distance")?.settings ?? {};
  const pairs = (rows: readonly number[]) => {
    try {
      return comparePairs({
        value: rows.map((i) => value[i]),
        grade: rows.map((i) => study.grade[i]),
        patient: rows.map((i) => patient[i]),
      }, { value: "value", group: "grade", cluster: "patient", bootstraps, permutations });
    } catch (error) {
      if (isInputError(error)) return null; // a group is too small for a comparison
      throw error;
    }
  };
  const diseased = new Set(heads.filter((i) => study.grade[i] > 0).map((i) => patient[i]));
  const without = heads.filter((i) => study.grade[i] > 0 || !diseased.has(patient[i]));
  const all = pairs(heads);
  return all && {
    ...studyComparisons(study, "distance"),
    ...all,
    withoutDiseasedPatients: (without.length < heads.length ? pairs(without) : null) ?? undefined,
  } as unknown as Comparisons;
}
