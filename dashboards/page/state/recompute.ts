import { fitNormative } from "../../../src/normative/fit_normative.ts";
import { leaveOneOut } from "../../../src/normative/leave_one_out.ts";
import { mahalanobis } from "../../../src/normative/mahalanobis.ts";
import { percentileOf } from "../../../src/normative/percentile_of.ts";
import { comparePairs } from "../../../src/stats/compare/compare_pairs.ts";
import type { CovarianceEstimator } from "../../../src/types.ts";
import { type Comparisons, setComparisons } from "./comparisons.ts";
import { firstDeviations } from "./first_deviations.ts";
import type { PageStudy } from "./page_study.ts";
import type { Deviations, Store } from "./store.ts";

/**
 * Distances of every head under another covariance, by the study's own code: fitted on the training heads, which are
 * scored leave-one-out, and read against the held-out healthy ones.
 */
export function recompute(study: PageStudy, estimator: CovarianceEstimator): Deviations {
  const { d } = study;
  const split = study.text("split");
  const heads = Array.from(study.grade.keys());
  const train = heads.filter((i) => split[i] === "train" && study.grade[i] === 0);
  const held = heads.filter((i) => split[i] === "held-out" && study.grade[i] === 0);
  const trainLatents = rowsAt(study, train); // [train, d]
  const model = fitNormative(trainLatents, {
    d,
    estimator,
    reference: { ...study.study.reference, latents: rowsAt(study, held) },
  });
  const distance = mahalanobis(study.latents, model); // [n]
  const left = leaveOneOut(trainLatents, { d, estimator }); // [train]
  train.forEach((head, k) => (distance[head] = left[k]));
  const places = Array.from(distance, (at) => percentileOf(at, model.referenceDistances));
  return {
    estimator,
    distance,
    percentile: Float64Array.from(places, (place) => place.percentile),
    percentileLow: Float64Array.from(places, (place) => place.percentileInterval[0]),
    percentileHigh: Float64Array.from(places, (place) => place.percentileInterval[1]),
    reference: model.referenceDistances,
    mean: model.mean,
    covariance: model.covariance,
  };
}

/** Rows of the latent table. // [heads, d] */
export function rowsAt({ latents, d }: PageStudy, heads: readonly number[]): Float64Array {
  const rows = new Float64Array(heads.length * d);
  heads.forEach((head, k) => rows.set(latents.subarray(head * d, (head + 1) * d), k * d));
  return rows;
}

/** Answers the covariance switch: new distances, new comparisons, and the study's own when switched back. */
export function followEstimator(store: Store): void {
  let current = store.view.estimator;
  const own = firstDeviations(store.study);
  store.on("view", () => {
    if (store.view.estimator === current) return;
    current = store.view.estimator;
    if (current === "study" || current === own.estimator) {
      setComparisons(store, null);
      return store.setDeviations(own);
    }
    try {
      const deviations = recompute(store.study, current as CovarianceEstimator);
      setComparisons(store, comparisonsUnder(store, deviations));
      store.setDeviations(deviations);
      store.say(`Recomputed with the ${current} covariance`);
    } catch (error) {
      store.say(`The ${current} covariance cannot be used: ${(error as Error).message}`);
    }
  });
}

/** The comparisons of the study's heads under other distances, with fewer resamples than the study's own. */
function comparisonsUnder({ study }: Store, { distance }: Deviations): Comparisons {
  const split = study.text("split");
  const heads = Array.from(distance.keys()).filter((i) => study.grade[i] > 0 || split[i] === "held-out");
  const compare = (rows: readonly number[]) =>
    comparePairs({
      distance: rows.map((i) => distance[i]),
      grade: rows.map((i) => study.grade[i]),
      patient: rows.map((i) => study.text("patient")[i]),
    }, { value: "distance", group: "grade", cluster: "patient", bootstraps: 1000, permutations: 199 });
  const diseased = new Set(heads.filter((i) => study.grade[i] > 0).map((i) => study.text("patient")[i]));
  const without = heads.filter((i) => study.grade[i] > 0 || !diseased.has(study.text("patient")[i]));
  return {
    ...(study.comparisons as Comparisons | null),
    ...compare(heads),
    withoutDiseasedPatients: without.length < heads.length ? compare(without) : undefined,
  } as unknown as Comparisons;
}
