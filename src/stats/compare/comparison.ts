import type { Adjustment } from "../correction/adjust_p.ts";
import type { AucEquivalence } from "../tests/auc_equivalence.ts";

/** A table by column: each an array of equal length. */
export type ComparisonTable = Readonly<Record<string, ArrayLike<unknown>>>;

/** Which columns to compare, and how. */
export interface CompareOptions {
  /** Column of the measured number. */
  value: string;
  /** Column of the group label. */
  group: string;
  /** Column of whose head it is (patient); without it every row is taken as independent. */
  cluster?: string;
  /** Groups in their order, every one of the table. @default numbers ascending, else code-unit order */
  order?: readonly string[];
  /** Group the others are read against: side `a` of each of its pairs. @default the first of the order */
  reference?: string;
  /** Correction over all pairs. @default {"holm"} */
  adjust?: Adjustment;
  /** Columns whose linear effect within groups is taken off the value first. @default {[]} */
  covariates?: readonly string[];
  /**
   * Column that names a head, which may stand in one row only and under one cluster. @default "head_id" where there is one; else a
   * column "head", or "radiograph" and "side" together, is looked at for heads under two clusters
   */
  head?: string;
  /** Seed of bootstrap and permutation. @default {1} */
  seed?: number;
  /** Resamples of clusters for the intervals. @default {10000} */
  bootstraps?: number;
  /** Permutations of clusters for the omnibus and trend p. @default {9999} */
  permutations?: number;
  /** Half-width round an AUC of 1/2 that counts as equivalent. @default {0.1} */
  equivalenceBound?: number;
}

/** A range of numbers, low end first. */
export type Interval = readonly [number, number];

/** One group of a comparison, in raw units. */
export interface ComparedGroup {
  /** Name of the group. */
  readonly group: string;
  /** Number of values. */
  readonly n: number;
  /** Number of clusters. */
  readonly clusters: number;
  /** The median. */
  readonly median: number;
  /** First quartile. */
  readonly q1: number;
  /** Third quartile. */
  readonly q3: number;
  /** The mean. */
  readonly mean: number;
  /** Standard deviation. */
  readonly sd: number;
  /** The minimum. */
  readonly min: number;
  /** The maximum. */
  readonly max: number;
  /** Median after the covariates were taken off; absent without covariates. */
  readonly adjustedMedian?: number;
}

/** One pair of groups. Every effect reads "b over a": above 1/2 or 0 where b lies higher. */
export interface ComparedPair {
  /** The first group. */
  readonly a: string;
  /** The second group. */
  readonly b: string;
  /** Values in the first group. */
  readonly nA: number;
  /** Values in the second group. */
  readonly nB: number;
  /** Clusters in the first group. */
  readonly clustersA: number;
  /** Clusters in the second group. */
  readonly clustersB: number;
  /** Datta-Satten rank sum by cluster: the primary test. */
  readonly clusteredZ: number;
  /** p of the rank-sum test clustered by patient. */
  readonly clusteredP: number;
  /** The same, corrected over all pairs. */
  readonly clusteredPAdjusted: number;
  /** Naive where clusters have several heads. U counts a over b, as `wilcox.test(a, b)` does. */
  readonly mannWhitneyU: number;
  /** p of the unclustered Mann-Whitney test. */
  readonly mannWhitneyP: number;
  /** The same, corrected over all pairs. */
  readonly mannWhitneyPAdjusted: number;
  /** Whether the Mann-Whitney p is exact or asymptotic. */
  readonly mannWhitneyMethod: "exact" | "asymptotic";
  /** Kolmogorov-Smirnov D. */
  readonly ksD: number;
  /** p of the Kolmogorov-Smirnov test. */
  readonly ksP: number;
  /** Whether that p is exact or asymptotic. */
  readonly ksMethod: "exact" | "asymptotic";
  /** Cliff's delta. */
  readonly cliffsDelta: number;
  /** Cluster bootstrap, BCa; null where a group lies in one cluster only. */
  readonly cliffsDeltaInterval: Interval | null;
  /** Null where both groups are constant and differ. */
  readonly hedgesG: number | null;
  /** Area under the ROC curve. */
  readonly auc: number;
  /** 95 % interval of the AUC by the cluster bootstrap. */
  readonly aucIntervalBootstrap: Interval | null;
  /** Naive where clusters have several heads. */
  readonly aucIntervalDelong: Interval;
  /** Clustered; null where a group lies in one cluster only. */
  readonly aucIntervalObuchowski: Interval | null;
  /** Newcombe's score interval on the effective number of heads: has a width even where the groups do not overlap. */
  readonly aucIntervalScore: Interval;
  /** Smallest AUC a test at 5 % would find with 80 % power; null where none would be. */
  readonly detectableAuc: number | null;
  /** Test of equivalence on the AUC scale. */
  readonly equivalence: AucEquivalence;
}

/** The whole comparison: what `caput compare --json` prints and `comparisons.json` holds. */
export interface Comparison {
  /** The groups. */
  readonly groups: readonly ComparedGroup[];
  /** The pairs of groups. */
  readonly pairs: readonly ComparedPair[];
  /** Tests over all groups. */
  readonly omnibus: {
    readonly kruskalWallisH: number;
    readonly df: number;
    /** Naive, chi-square. */
    readonly p: number;
    /** Permutation of whole clusters. */
    readonly clusteredP: number;
    readonly dunn: readonly {
      readonly a: string;
      readonly b: string;
      readonly z: number;
      readonly p: number;
      readonly pAdjusted: number;
    }[];
  };
  /** Tests for a trend over ordered groups. */
  readonly trend: {
    /** Above 0 where values rise along the order. */
    readonly jonckheereZ: number;
    /** Naive, normal. */
    readonly p: number;
    /** Permutation of whole clusters. */
    readonly clusteredP: number;
  };
  /** How it was done, so that the result can be made again. */
  readonly settings: {
    readonly value: string;
    readonly group: string;
    readonly cluster: string | null;
    readonly order: readonly string[];
    readonly reference: string;
    readonly adjust: Adjustment;
    readonly covariates: readonly string[];
    /** Slope of each covariate column (categories as `name=level`), value units a covariate unit; empty without covariates. */
    readonly covariateSlopes: Readonly<Record<string, number>>;
    readonly n: number;
    readonly clusters: number;
    readonly seed: number;
    readonly bootstraps: number;
    readonly permutations: number;
  };
}
