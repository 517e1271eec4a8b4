/**
 * Figures as SVG, drawn with Observable Plot. Runs in a browser too.
 *
 * @module
 */
export { InputError } from "./input_error.ts";
export { cohortFlow } from "./figures/cohort_flow.ts";
export { deviationByGrade } from "./figures/deviation_by_grade.ts";
export { diceDistribution } from "./figures/dice_distribution.ts";
export { latentMap } from "./figures/latent_map.ts";
export { pairMatrix } from "./figures/pair_matrix.ts";
export type { GradedDistance } from "./figures/bin_distances.ts";
export type { CohortFlow } from "./figures/cohort_flow.ts";
export type { DeviationByGradeOptions } from "./figures/deviation_by_grade.ts";
export type { FigureOptions } from "./figures/figure_options.ts";
export type { LatentMapOptions, MapPoint } from "./figures/latent_map.ts";
export type { PairMatrixOptions, PairRow } from "./figures/pair_matrix.ts";
export type { FigureScale, FigureSvg } from "./figures/plot_svg.ts";
export type { Panel } from "./figures/bin_distances.ts";
export type { FigureTheme } from "./figures/figure_theme.ts";
export type { MapOutline } from "./figures/latent_map.ts";
export type { ReferenceLine } from "./figures/reference_marks.ts";
