import { adjustForCovariates } from "./adjust_for_covariates.ts";
import { type Adjustment, ADJUSTMENTS, adjustP } from "../correction/adjust_p.ts";
import { aucEquivalence } from "../tests/auc_equivalence.ts";
import { aucScoreInterval } from "../intervals/auc_score_interval.ts";
import { bootstrapAucs } from "../intervals/bootstrap_aucs.ts";
import { clusteredAuc } from "../intervals/clustered_auc.ts";
import { clusteredRankSum } from "../tests/clustered_rank_sum.ts";
import type { ComparedPair, CompareOptions, Comparison, ComparisonTable, Interval } from "./comparison.ts";
import { delong } from "../intervals/delong.ts";
import { describeGroups } from "./describe_groups.ts";
import { detectableAuc } from "../tests/detectable_auc.ts";
import { dunn } from "../tests/dunn.ts";
import { hedgesG, meanAndSquares } from "../effects/hedges_g.ts";
import { jonckheereTerpstra } from "../tests/jonckheere_terpstra.ts";
import { kolmogorovSmirnov } from "../tests/kolmogorov_smirnov.ts";
import { kruskalWallis } from "../tests/kruskal_wallis.ts";
import { mannWhitney } from "../tests/mann_whitney.ts";
import { permuteClusters } from "../tests/permute_clusters.ts";
import { readComparison } from "./read_comparison.ts";
import { type Sample, splitSamples } from "./split_samples.ts";
import { InputError, isInputError } from "../../input_error.ts";

/**
 * Compares every pair of groups of a table by the clustered rank-sum test, unclustered tests, effect sizes with
 * intervals, the smallest detectable effect and a test of equivalence. All groups are compared by an omnibus test and a
 * test for trend.
 *
 * @example
 * ```ts
 * import { comparePairs } from "@caput/caput";
 * import { assertEquals } from "@std/assert";
 *
 * const table = { grade: [0, 0, 0, 3, 3, 3], distance: [1, 2, 3, 4, 5, 6], patient: ["a", "a", "b", "c", "d", "d"] };
 * const { pairs } = comparePairs(table, { value: "distance", group: "grade", cluster: "patient" });
 * assertEquals([pairs[0].auc, pairs[0].clustersA], [1, 2]);
 * ```
 *
 * @throws {InputError} if an option is invalid, a column or cell cannot be used (the message names the column, and the
 * row and head of the cell), or a test cannot be computed.
 */
export function comparePairs(table: ComparisonTable, options: CompareOptions): Comparison {
  const { adjust = "holm", covariates = [], seed = 1, bootstraps = 10_000, permutations = 9999 } = options;
  checkOptions({ adjust, bootstraps, permutations });
  refuseReservedCovariates(options, covariates);
  const columns = readComparison(table, options);
  const { labels, group, cluster, clusters } = columns, k = labels.length;
  const reference = options.reference === undefined ? labels[0] : String(options.reference).trim();
  if (!labels.includes(reference)) {
    throw new InputError(
      `Cannot compare: the reference must be one of ${labels.join(", ")}, got "${reference}"`,
    );
  }
  const adjusted = covariates.length === 0
    ? { values: columns.values, slopes: {} }
    : adjustForCovariates(table, { ...columns, k, covariates });
  const samples = splitSamples(columns, adjusted.values);
  if (covariates.length > 0) requireVariationLeft(columns.values, samples, { ...options, covariates });
  const intervals = bootstrapAucs(adjusted.values, { group, k, cluster, clusters, bootstraps, seed });
  const permuted = permuteClusters(adjusted.values, {
    group,
    k,
    cluster,
    clusters,
    permutations,
    seed: seed + 1,
  });
  const raw = samplePairs(samples, reference).map(([a, b]) =>
    comparePair(a, b, { interval: intervals[a.index][b.index], bound: options.equivalenceBound })
  );
  const clusteredAdjusted = adjustP(raw.map((p) => p.clusteredP), { method: adjust });
  const naiveAdjusted = adjustP(raw.map((p) => p.mannWhitneyP), { method: adjust });
  const values = samples.map((s) => s.values);
  const omnibus = kruskalWallis(values), trend = jonckheereTerpstra(values);
  return {
    groups: describeGroups(columns, covariates.length > 0 ? samples : null),
    pairs: raw.map((p, i) => ({
      ...p,
      clusteredPAdjusted: clusteredAdjusted[i],
      mannWhitneyPAdjusted: naiveAdjusted[i],
    })),
    omnibus: {
      kruskalWallisH: omnibus.h,
      df: omnibus.df,
      p: omnibus.p,
      clusteredP: permuted.omnibusP,
      dunn: dunn(values, { adjust }).map(({ i, j, ...rest }) => ({ a: labels[i], b: labels[j], ...rest })),
    },
    trend: { jonckheereZ: trend.z, p: trend.p, clusteredP: permuted.trendP },
    settings: {
      value: options.value,
      group: options.group,
      cluster: options.cluster ?? null,
      order: labels,
      reference,
      adjust,
      covariates,
      covariateSlopes: adjusted.slopes,
      n: group.length,
      clusters,
      seed,
      bootstraps,
      permutations,
    },
  };
}

function checkOptions(
  { adjust, bootstraps, permutations }: { adjust: Adjustment; bootstraps: number; permutations: number },
): void {
  if (!ADJUSTMENTS.includes(adjust)) {
    throw new InputError(`Cannot compare: adjust must be one of ${ADJUSTMENTS.join(", ")}, got "${adjust}"`);
  }
  for (const [name, count] of Object.entries({ bootstraps, permutations })) {
    if (!Number.isInteger(count) || count < 1) {
      throw new InputError(`Cannot compare: ${name} must be a whole number from 1, got ${count}`);
    }
  }
}

/** The columns of value, group and cluster cannot be covariates. */
function refuseReservedCovariates(
  { value, group, cluster }: CompareOptions,
  covariates: readonly string[],
): void {
  const reserved = covariates.find((name) => name === value || name === group || name === cluster);
  if (reserved !== undefined) {
    throw new InputError(
      `Cannot adjust for "${reserved}": it is the ${
        reserved === value ? "value" : reserved === group ? "group" : "cluster"
      } itself`,
    );
  }
}

/**
 * Throws an error if no variation within groups is left after adjustment. If covariates determine the value exactly,
 * only rounding errors remain, and their ranks would be arbitrary.
 */
function requireVariationLeft(
  raw: Float64Array,
  samples: readonly Sample[],
  { value, covariates }: { value: string; covariates: readonly string[] },
): void {
  const left = samples.reduce((sum, sample) => sum + meanAndSquares(sample.values)[1], 0);
  if (left > 1e-20 * meanAndSquares(raw)[1]) return;
  throw new InputError(
    `Cannot compare: column "${value}" does not vary within groups after adjustment for ${
      covariates.join(", ")
    }`,
  );
}

/** Every pair of groups, in order. The reference group comes first in each of its pairs. */
function samplePairs(samples: readonly Sample[], reference: string): [Sample, Sample][] {
  return samples.flatMap((a, i) =>
    samples.slice(i + 1).map((b): [Sample, Sample] => b.label === reference ? [b, a] : [a, b])
  );
}

function comparePair(
  a: Sample,
  b: Sample,
  { interval, bound }: { interval: Interval | null; bound?: number },
): Omit<ComparedPair, "clusteredPAdjusted" | "mannWhitneyPAdjusted"> {
  if (new Set([...a.cluster, ...b.cluster]).size < 2) {
    throw new InputError(`Cannot compare "${a.label}" with "${b.label}": all their heads are in one cluster`);
  }
  const clusterLabels = { clusterA: a.cluster, clusterB: b.cluster };
  const clustered = withGroupNames(a, b, () => clusteredRankSum(a.values, b.values, clusterLabels));
  const naive = mannWhitney(a.values, b.values);
  const ks = kolmogorovSmirnov(a.values, b.values);
  const plain = delong(a.values, b.values);
  const roc = a.clusters > 1 && b.clusters > 1 ? clusteredAuc(a.values, b.values, clusterLabels) : null;
  const variance = roc ? roc.variance : plain.variance;
  // With perfect separation both variances are 0, and the ratio is undefined.
  const designEffect = plain.variance > 0 && variance > 0 ? variance / plain.variance : 1;
  return {
    a: a.label,
    b: b.label,
    nA: a.values.length,
    nB: b.values.length,
    clustersA: a.clusters,
    clustersB: b.clusters,
    clusteredZ: clustered.z,
    clusteredP: clustered.p,
    mannWhitneyU: naive.u,
    mannWhitneyP: naive.p,
    mannWhitneyMethod: naive.method,
    ksD: ks.d,
    ksP: ks.p,
    ksMethod: ks.method,
    cliffsDelta: 2 * plain.auc - 1,
    cliffsDeltaInterval: interval && [2 * interval[0] - 1, 2 * interval[1] - 1],
    hedgesG: hedgesG(a.values, b.values),
    auc: plain.auc,
    aucIntervalBootstrap: interval,
    aucIntervalDelong: plain.interval,
    aucIntervalObuchowski: roc && roc.interval,
    aucIntervalScore: aucScoreInterval(plain.auc, effectiveSizes(a, b, variance > 0 ? designEffect : null)),
    detectableAuc: detectableAuc(a.values.length, b.values.length, { designEffect }),
    equivalence: aucEquivalence(plain.auc, { variance, bound }),
  };
}

/** Runs `run` and adds the names of the groups to an InputError that it throws. */
function withGroupNames<T>(a: Sample, b: Sample, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!isInputError(cause)) throw cause;
    throw new InputError(`Cannot compare "${a.label}" with "${b.label}": ${cause.message}`, {
      cause,
      fix: "leave one of the two groups out, or merge it with another",
    });
  }
}

/**
 * Effective sample sizes of the groups: the number of heads divided by the design effect (taken as 1 if it is below 1).
 * If the design effect is unknown (`null`), as with perfect separation, the number of clusters is used.
 */
function effectiveSizes(a: Sample, b: Sample, designEffect: number | null): [number, number] {
  if (designEffect === null) return [a.clusters, b.clusters];
  const factor = Math.max(1, designEffect);
  return [Math.max(1, a.values.length / factor), Math.max(1, b.values.length / factor)];
}
