import type { Adjustment } from "../correction/adjust_p.ts";
import type { AucEquivalence } from "../tests/auc_equivalence.ts";

/** A table by column; all columns have the same length. */
export type ComparisonTable = Readonly<Record<string, ArrayLike<unknown>>>;

/** Columns and settings of {@linkcode comparePairs}. */
export interface CompareOptions {
  /** Column of the measured number. */
  value: string;
  /** Column of the group label. */
  group: string;
  /** Column of the cluster (patient). Without it every row is treated as independent. */
  cluster?: string;
  /** Every group of the table, in order. @default numbers ascending, else code-unit order */
  order?: readonly string[];
  /** Reference group, which is group `a` in each of its pairs. @default the first of the order */
  reference?: string;
  /** Correction over all pairs. @default {"holm"} */
  adjust?: Adjustment;
  /** Columns whose linear effect within groups is removed from the value before the comparison. @default {[]} */
  covariates?: readonly string[];
  /**
   * Column that identifies the head; a head must be in one row only and in one cluster. @default "head_id" if there is
   * one; otherwise column "head", or "radiograph" and "side" together, is checked for heads in two clusters if most of
   * its values are different
   */
  head?: string;
  /** Number of the first row in error messages: 2 for a file whose first line is a header. @default {1} */
  firstRow?: number;
  /** Random seed of bootstrap and permutation. @default {1} */
  seed?: number;
  /** Bootstrap samples of clusters for the intervals. @default {10000} */
  bootstraps?: number;
  /** Permutations of clusters for the p-values of omnibus and trend. @default {9999} */
  permutations?: number;
  /** Half-width of the equivalence region around an AUC of 1/2. @default {0.1} */
  equivalenceBound?: number;
}

/** An interval: lower and upper limit. */
export type Interval = readonly [number, number];

/** One group of a comparison, in the units of the value column. */
export interface ComparedGroup {
  /** Name of the group. */
  readonly group: string;
  /** Number of values (heads). */
  readonly n: number;
  /** Number of clusters (patients). */
  readonly clusters: number;
  /** Median of the values. */
  readonly median: number;
  /** First quartile. */
  readonly q1: number;
  /** Third quartile. */
  readonly q3: number;
  /** Mean of the values. */
  readonly mean: number;
  /** Standard deviation of the values. */
  readonly sd: number;
  /** Smallest value. */
  readonly min: number;
  /** Largest value. */
  readonly max: number;
  /** Median after adjustment for the covariates; absent without covariates. */
  readonly adjustedMedian?: number;
}

/** One pair of groups. Every effect is "b over a": above 1/2 (AUC) or 0 (others) if values of b tend to be higher. */
export interface ComparedPair {
  /** Label of the first group. */
  readonly a: string;
  /** Label of the second group. */
  readonly b: string;
  /** Values in the first group. */
  readonly nA: number;
  /** Values in the second group. */
  readonly nB: number;
  /** Clusters in the first group. */
  readonly clustersA: number;
  /** Clusters in the second group. */
  readonly clustersB: number;
  /** z of the Datta-Satten rank-sum test clustered by patient: the primary test. */
  readonly clusteredZ: number;
  /** Two-sided p of the clustered rank-sum test. */
  readonly clusteredP: number;
  /** `clusteredP`, corrected over all pairs. */
  readonly clusteredPAdjusted: number;
  /** Mann-Whitney U of a over b, as `wilcox.test(a, b)` in R. Unclustered: every head counts as independent. */
  readonly mannWhitneyU: number;
  /** Two-sided p of the unclustered Mann-Whitney test. */
  readonly mannWhitneyP: number;
  /** `mannWhitneyP`, corrected over all pairs. */
  readonly mannWhitneyPAdjusted: number;
  /** Whether the Mann-Whitney p is exact or asymptotic. */
  readonly mannWhitneyMethod: "exact" | "asymptotic";
  /** Kolmogorov-Smirnov D, the largest gap between the two distribution functions. */
  readonly ksD: number;
  /** Two-sided p of the Kolmogorov-Smirnov test, unclustered. */
  readonly ksP: number;
  /** Whether the Kolmogorov-Smirnov p is exact or asymptotic. */
  readonly ksMethod: "exact" | "asymptotic";
  /** Cliff's delta, P(b > a) - P(b < a), -1 to 1. */
  readonly cliffsDelta: number;
  /** 95 % interval of delta; computed as `aucIntervalBootstrap`. */
  readonly cliffsDeltaInterval: Interval | null;
  /** Hedges' g; null if both groups are constant and differ. */
  readonly hedgesG: number | null;
  /** Area under the ROC curve, P(b > a) + P(b = a) / 2. */
  readonly auc: number;
  /**
   * 95 % interval of the AUC by cluster bootstrap (BCa), or Newcombe's if the groups do not overlap; null if a group
   * has one cluster only or too few resamples contain both groups.
   */
  readonly aucIntervalBootstrap: Interval | null;
  /** 95 % interval of the AUC by DeLong, unclustered. */
  readonly aucIntervalDelong: Interval;
  /**
   * 95 % interval of the AUC by Obuchowski, clustered, or Newcombe's if the groups do not overlap; null if a group has
   * one cluster only.
   */
  readonly aucIntervalObuchowski: Interval | null;
  /**
   * 95 % score interval of the AUC (Newcombe), computed with the effective number of heads. The interval does not
   * shrink to a point if the groups do not overlap.
   */
  readonly aucIntervalScore: Interval;
  /** Smallest AUC that a test at the 5 % level detects with 80 % power; null if there is none. */
  readonly detectableAuc: number | null;
  /** Test of equivalence on the AUC scale. */
  readonly equivalence: AucEquivalence;
}

/** Result of {@linkcode comparePairs}, as `caput compare --json` prints it and `comparisons.json` stores it. */
export interface Comparison {
  /** Descriptive statistics of each group. */
  readonly groups: readonly ComparedGroup[];
  /** Result of each pair of groups. */
  readonly pairs: readonly ComparedPair[];
  /** Kruskal-Wallis test over all groups. */
  readonly omnibus: {
    readonly kruskalWallisH: number;
    readonly df: number;
    /** p of the chi-square distribution, unclustered. */
    readonly p: number;
    /** p by permutation of whole clusters. */
    readonly clusteredP: number;
    /** Dunn's pairwise comparisons of mean ranks, unclustered. */
    readonly dunn: readonly {
      readonly a: string;
      readonly b: string;
      readonly z: number;
      readonly p: number;
      readonly pAdjusted: number;
    }[];
  };
  /** Jonckheere-Terpstra test for a trend over the ordered groups. */
  readonly trend: {
    /** Above 0 if values rise along the order. */
    readonly jonckheereZ: number;
    /** Two-sided p of the normal distribution, unclustered. */
    readonly p: number;
    /** p by permutation of whole clusters. */
    readonly clusteredP: number;
  };
  /** Settings needed to reproduce the result. */
  readonly settings: {
    readonly value: string;
    readonly group: string;
    readonly cluster: string | null;
    readonly order: readonly string[];
    readonly reference: string;
    readonly adjust: Adjustment;
    readonly covariates: readonly string[];
    /**
     * Slope of each covariate column (categories as `name=level`) in units of the value per unit of the covariate;
     * empty without covariates.
     */
    readonly covariateSlopes: Readonly<Record<string, number>>;
    readonly n: number;
    readonly clusters: number;
    readonly seed: number;
    readonly bootstraps: number;
    readonly permutations: number;
  };
}
