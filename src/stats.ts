/**
 * Group statistics: tests, effect sizes, confidence intervals and corrections for multiple testing. Functions with
 * "cluster" in their name account for the correlation between the two hips of a patient, as do `comparePairs` (with the
 * option `cluster`) and `aucDifference`. Runs in a browser too.
 *
 * @module
 */
export { InputError } from "./input_error.ts";
export { type Adjustment, adjustP } from "./stats/correction/adjust_p.ts";
export { auc } from "./stats/effects/auc.ts";
export { aucDifference } from "./stats/intervals/auc_difference.ts";
export { aucEquivalence } from "./stats/tests/auc_equivalence.ts";
export { aucScoreInterval } from "./stats/intervals/auc_score_interval.ts";
export { bcaInterval } from "./stats/intervals/bca_interval.ts";
export { brunnerMunzel } from "./stats/tests/brunner_munzel.ts";
export { cliffsDelta } from "./stats/effects/cliffs_delta.ts";
export { clusterBootstrap } from "./stats/intervals/cluster_bootstrap.ts";
export { clusteredAuc } from "./stats/intervals/clustered_auc.ts";
export { clusteredRankSum } from "./stats/tests/clustered_rank_sum.ts";
export { clusteredShare } from "./stats/intervals/clustered_share.ts";
export { comparePairs } from "./stats/compare/compare_pairs.ts";
export type { CompareOptions, Comparison, ComparisonTable } from "./stats/compare/comparison.ts";
export { delong } from "./stats/intervals/delong.ts";
export { detectableAuc } from "./stats/tests/detectable_auc.ts";
export { dunn } from "./stats/tests/dunn.ts";
export { formatP, type PStyle, statedP } from "./stats/format/format_p.ts";
export { hedgesG } from "./stats/effects/hedges_g.ts";
export { holm } from "./stats/correction/holm.ts";
export { intraclassCorrelation } from "./stats/effects/intraclass_correlation.ts";
export { jonckheereTerpstra } from "./stats/tests/jonckheere_terpstra.ts";
export { kolmogorovSmirnov } from "./stats/tests/kolmogorov_smirnov.ts";
export { kruskalWallis } from "./stats/tests/kruskal_wallis.ts";
export { mannWhitney } from "./stats/tests/mann_whitney.ts";
export { permuteClusters } from "./stats/tests/permute_clusters.ts";
export { quadraticKappa } from "./stats/effects/quadratic_kappa.ts";
export { spearman } from "./stats/effects/spearman.ts";
export { welchT } from "./stats/tests/welch_t.ts";
export type { ComparedGroup, ComparedPair } from "./stats/compare/comparison.ts";
export type { FormatPOptions } from "./stats/format/format_p.ts";
export type { IntraclassCorrelation } from "./stats/effects/intraclass_correlation.ts";
export type { AucDifference } from "./stats/intervals/auc_difference.ts";
export type { ClusterBootstrap, ClusterBootstrapOptions } from "./stats/intervals/cluster_bootstrap.ts";
export type { ClusteredAuc } from "./stats/intervals/clustered_auc.ts";
export type { ClusteredShare } from "./stats/intervals/clustered_share.ts";
export type { Delong, IntervalOptions } from "./stats/intervals/delong.ts";
export type { AucEquivalence } from "./stats/tests/auc_equivalence.ts";
export type { BrunnerMunzel } from "./stats/tests/brunner_munzel.ts";
export type { ClusteredRankSum, ClusterLabels } from "./stats/tests/clustered_rank_sum.ts";
export type { DetectableAucOptions } from "./stats/tests/detectable_auc.ts";
export type { DunnPair } from "./stats/tests/dunn.ts";
export type { JonckheereTerpstra } from "./stats/tests/jonckheere_terpstra.ts";
export type { KolmogorovSmirnov, KolmogorovSmirnovOptions } from "./stats/tests/kolmogorov_smirnov.ts";
export type { KruskalWallis } from "./stats/tests/kruskal_wallis.ts";
export type { MannWhitney, MannWhitneyOptions } from "./stats/tests/mann_whitney.ts";
export type { ClusterPermutation, PermuteClustersOptions } from "./stats/tests/permute_clusters.ts";
export type { WelchT } from "./stats/tests/welch_t.ts";
export type { Interval } from "./stats/compare/comparison.ts";
