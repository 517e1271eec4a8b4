/**
 * Caput: how far a femoral head on a hip radiograph has moved from healthy. Everything public, in pipeline order.
 *
 * Research and teaching only, not a medical device.
 */
export type * from "./types.ts";
export { InputError, TooFewError } from "./input_error.ts";

// Films: from bytes on disk to a Radiograph.
export { inspectFile } from "./radiograph/inspect_file.ts";
export { parseRadiograph } from "./radiograph/parse_radiograph.ts";
export { RadiographError } from "./radiograph/guard/radiograph_error.ts";
export { sniffFormat } from "./radiograph/guard/sniff_format.ts";
export { readRadiograph } from "./radiograph/read_radiograph.ts";

export { sharedReader } from "./radiograph/shared_reader.ts";

// Who is in a study.
export { CohortError } from "./cohort/cohort_error.ts";
export { draftManifest, type ManifestDraft, manifestText } from "./cohort/draft_manifest.ts";
export { groupByGrade } from "./cohort/group_by_grade.ts";
export { type Cohort, readCohort } from "./cohort/read_cohort.ts";
export { splitByPatient } from "./cohort/split_by_patient.ts";
export { parseColumnMap } from "./cohort/find_columns.ts";
export { parseGradeMap, parseSideMap } from "./cohort/value_map.ts";

// Synthetic hips with known truth.
export { hardCohort, paperCohort, patientOf, smallCohort } from "./phantom/paper_cohort.ts";
export { renderRadiograph } from "./phantom/render_radiograph.ts";
export { sameHip, teachingPatient } from "./phantom/same_hip.ts";
export { retakeFilm } from "./phantom/retake_film.ts";
export { samplePatient } from "./phantom/sample_patient.ts";
export { trainingFilm } from "./phantom/training_film.ts";

export { writePhantom } from "./phantom/write_phantom.ts";

// Networks on a device.
export { chooseDevice } from "./onnx/choose_device.ts";
export { DeviceError } from "./onnx/device_error.ts";
export { ModelIntegrityError } from "./onnx/model_integrity_error.ts";
export { openModel } from "./onnx/open_model.ts";

// Film to heads to crops.
export { cropHead } from "./segmentation/crop_head.ts";
export { dice, intersectionOverUnion } from "./segmentation/dice.ts";
export { outlineAt } from "./segmentation/outline_at.ts";
export { segmentHeads } from "./segmentation/segment_heads.ts";
export { surfaceDistance } from "./segmentation/surface_distance.ts";
export { trainUnet } from "./segmentation/train_unet.ts";

// Crops to codes and back.
export { activeUnits } from "./vae/active_units.ts";
export { decodeLatent, decodeLatents } from "./vae/decode_latents.ts";
export { encodeCrop, encodeCrops } from "./vae/encode_crops.ts";
export { gradePath } from "./vae/grade_path.ts";
export { latentTraversal } from "./vae/latent_traversal.ts";
export { readyCrop } from "./vae/ready_crop.ts";
export { localContrast } from "./vae/local_contrast.ts";
export { residualMap, residualScore } from "./vae/residual_map.ts";
export { residualScale } from "./vae/residual_scale.ts";
export { trainVae } from "./vae/train_vae.ts";
export { vaeSettings } from "./vae/vae_settings.ts";

// What healthy looks like, how far from it, and why.
export { combinedScore, fitCombined } from "./normative/combined_score.ts";
export { crossValidateOrdinal } from "./normative/cross_validate_ordinal.ts";
export { distanceUncertainty } from "./normative/distance_uncertainty.ts";
export { estimateCovariance } from "./normative/estimate_covariance.ts";
export { explainDeviation } from "./normative/explain_deviation.ts";
export { fitNormative, withReference } from "./normative/fit_normative.ts";
export { fitOrdinal } from "./normative/fit_ordinal.ts";
export { leaveOneOut } from "./normative/leave_one_out.ts";
export { mahalanobis } from "./normative/mahalanobis.ts";
export { nearestGrades } from "./normative/nearest_grades.ts";
export { nearestHealthy } from "./normative/nearest_healthy.ts";
export { fromJson, toJson } from "./normative/normative_json.ts";
export { fitDomain, outOfDomain } from "./normative/out_of_domain.ts";
export { percentileOf } from "./normative/percentile_of.ts";
export { repeatability } from "./normative/repeatability.ts";
export { retrainStability } from "./normative/retrain_stability.ts";
export { scoreDeviation } from "./normative/score_deviation.ts";
export { shortcutAudit } from "./normative/shortcut_audit.ts";
export { applyThreshold, thresholdOnValidation } from "./normative/threshold_on_validation.ts";

// Groups compared.
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
export { formatP, type PStyle, statedP } from "./stats/correction/format_p.ts";
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

// The latent space on a page.
export { leadingComponents } from "./projection/leading_components.ts";
export { placeOnUmap } from "./projection/place_on_umap.ts";
export { projectPca } from "./projection/project_pca.ts";
export { projectUmap } from "./projection/project_umap.ts";
export { trustworthiness } from "./projection/trustworthiness.ts";
export { whiten } from "./projection/whiten.ts";

// Archives.
export { openKey } from "./cohort/keyed_ids.ts";
export { ArchiveError } from "./archive/archive_error.ts";
export { type ArchivedFilm, type DicomWeb, dicomWeb } from "./archive/dicomweb.ts";
export { type FetchedFilm, fetchFilms } from "./archive/fetch_films.ts";
export type { Credentials } from "./archive/patient_request.ts";

// Figures.
export { cohortFlow } from "./figures/cohort_flow.ts";
export { deviationByGrade } from "./figures/deviation_by_grade.ts";
export { diceDistribution } from "./figures/dice_distribution.ts";
export { latentMap } from "./figures/latent_map.ts";
export { pairMatrix } from "./figures/pair_matrix.ts";

// The whole protocol: one film, or a cohort.
export { drawMask, drawOverlay } from "./study/score/draw_overlay.ts";
export { type DicomExport, exportDicom } from "./study/export/export_dicom.ts";
export { type DicomExporter, openDicomExport } from "./study/export/open_dicom_export.ts";
export { fileStudyCohort } from "./study/cohort/file_study_cohort.ts";
export { liveScorer } from "./study/score/live_scorer.ts";
export { loadUnet } from "./study/models/load_unet.ts";
export { loadModels, MODEL_FILES, type Models } from "./study/models/model_set.ts";
export { IntegrityError } from "./files/integrity_error.ts";
export { LockedError } from "./study/folder/lock_study.ts";
export { lookAtFilm } from "./study/preflight/look_at_film.ts";
export { exportPack, importPack, type PackSummary } from "./study/folder/normative_pack.ts";
export { preflight } from "./study/preflight/preflight.ts";
export { cohortConflicts, type FilmIdentity } from "./study/cohort/cohort_conflicts.ts";
export { preflightFilm } from "./study/preflight/preflight_film.ts";
export { refreshPage } from "./study/folder/refresh_page.ts";
export { runStudy, type StudySummary } from "./study/run_study.ts";
export { type ArrayLine, arrayLines } from "./study/cluster/array_lines.ts";
export {
  type ClusterPlan,
  type OpenPlan,
  type PlannedCohort,
  type PlannedShard,
  readPlan,
} from "./study/cluster/cluster_plan.ts";
export { type EngineScriptOptions, jobName } from "./study/cluster/engine_scripts.ts";
export { planCluster, type PlanClusterOptions, type PlannedCluster } from "./study/cluster/plan_cluster.ts";
export { runShard, type RunShardOptions, type ShardSummary } from "./study/cluster/run_shard.ts";
export { doneShards, isMerged, missingShards, type ShardMarker } from "./study/cluster/shard_marker.ts";
export { writeEngineScripts } from "./study/cluster/write_engine_scripts.ts";
export { type QueryAnswer, queryStudy, type QueryValue } from "./study/folder/query_study.ts";
export { safeCell } from "./files/safe_cell.ts";
export { mergeShards, type MergeShardsOptions } from "./study/merge_shards.ts";
export { readStudyRecord } from "./study/folder/study_record.ts";
export { scoreFilm, scoreRadiograph } from "./study/score/score_radiograph.ts";
export { scoreJson, segmentJson } from "./study/score/score_json.ts";
export { smallPictures } from "./study/folder/small_pictures.ts";
export { phantomCohort } from "./study/cohort/phantom_film.ts";
export { phantomStudyCohort } from "./study/cohort/study_cohort.ts";
export { type HipFrame, type TeachingRecord, teachStudy } from "./study/teach/teach_study.ts";
export { type Reliability, studyReliability } from "./study/reliability/study_reliability.ts";
export type { StudyCohort } from "./study/cohort/study_cohort.ts";
export { trainVaeModels } from "./study/train/train_vae_models.ts";
export {
  type TrainedUnetModels,
  trainUnetModels,
  type TrainUnetModelsOptions,
} from "./study/train/train_unet_models.ts";
export type {
  ComparedHead,
  OutlineComparison,
  OutlineScores,
  UnetComparison,
} from "./study/train/compare_unets.ts";
export { writeTrainingCard } from "./study/train/write_training_card.ts";
export type { UnusableRow } from "./study/cohort/film_job.ts";
export { verifyStudy } from "./study/folder/verify_study.ts";
export { type ModelFiles, modelsForFilms, readModels, SHIPPED_MODELS } from "./study/models/read_models.ts";
export { referenceWords } from "./normative/reference_words.ts";

// The film desk: looking, correcting, and what comes of it.
export { exportMasks } from "./desk/export_masks.ts";
export { type BoxedMask as FilmMask, boxMask, type FilmSize } from "./masks/boxed_mask.ts";
export { encodeRuns } from "./masks/mask_runs.ts";
export {
  learnFromDesk,
  type LearnFromDeskOptions,
  type LearningProgress,
  type Learnt,
} from "./desk/learn_from_desk.ts";
export { type DeskLearning, deskLearning, type LearningState } from "./desk/desk_learning.ts";
export { type Desk, type DeskFilm, type DeskView, openDesk, type QueuedFilm } from "./desk/open_desk.ts";
export type { DeskHead } from "./desk/film_state.ts";

// Tables and files of a study.
export { numbersOf, rowCount, type Table, textsOf } from "./files/table.ts";
export { readTable } from "./files/read_table.ts";
export { writeAtomic } from "./files/write_atomic.ts";
export { writeTable } from "./files/write_table.ts";
export { writeTableFile } from "./files/write_table_file.ts";

// Words and pictures for readers.
export { figureSet } from "./report/figures/figure_set.ts";
export { readPicture } from "./report/read/read_picture.ts";
export { type FrameRecord, type HeadRecord, type OpenStudy, readStudy } from "./report/read/read_study.ts";
export { brush, slider } from "./report/explore.ts";
export { show } from "./report/show.ts";
export { writeTeachingFilm } from "./report/video/teaching_film.ts";
export { type FigureFormat, writeFigures, type WriteFiguresOptions } from "./report/figures/write_figures.ts";
export { writeReport } from "./report/write_report.ts";

// Types that the functions above take and return.
export type { Prng } from "./array/seeded_prng.ts";
export type { SymmetricEigen } from "./array/symmetric_eigen.ts";
export type { CohortProblem } from "./cohort/cohort_error.ts";
export type { DraftOptions, DraftRow, NamePattern } from "./cohort/draft_manifest.ts";
export type { ColumnMap } from "./cohort/find_columns.ts";
export type { CohortEntry } from "./cohort/find_conflicts.ts";
export type { CohortOptions } from "./cohort/read_cohort.ts";
export type { SplitOptions, SplitProof } from "./cohort/split_by_patient.ts";
export type { GradeMap, SideMap } from "./cohort/value_map.ts";
export type { GradedDistance } from "./figures/bin_distances.ts";
export type { CohortFlow } from "./figures/cohort_flow.ts";
export type { DeviationByGradeOptions } from "./figures/deviation_by_grade.ts";
export type { FigureOptions } from "./figures/figure_options.ts";
export type { LatentMapOptions, MapPoint } from "./figures/latent_map.ts";
export type { PairMatrixOptions, PairRow } from "./figures/pair_matrix.ts";
export type { FigureScale, FigureSvg } from "./figures/plot_svg.ts";
export type { Column } from "./files/table.ts";
export type { WriteAtomicOptions } from "./files/write_atomic.ts";
export type { CombinedScale } from "./normative/combined_score.ts";
export type { CrossValidateOptions, CrossValidation } from "./normative/cross_validate_ordinal.ts";
export type { DistanceUncertainty, DistanceUncertaintyOptions } from "./normative/distance_uncertainty.ts";
export type { EstimatedCovariance } from "./normative/estimate_covariance.ts";
export type { ExplainedDirection } from "./normative/explain_deviation.ts";
export type { FitNormativeOptions, ReferenceHeads } from "./normative/fit_normative.ts";
export type { FitOrdinalOptions, OrdinalModel } from "./normative/fit_ordinal.ts";
export type { GradeShare } from "./normative/nearest_grades.ts";
export type { NearestHealthy, NearestHealthyOptions } from "./normative/nearest_healthy.ts";
export type { NormativeJson } from "./normative/normative_json.ts";
export type { Domain, DomainVerdict, FitDomainOptions } from "./normative/out_of_domain.ts";
export type { Percentile } from "./normative/percentile_of.ts";
export type { Repeatability } from "./normative/repeatability.ts";
export type { RetrainStability } from "./normative/retrain_stability.ts";
export type { ShortcutAuditOptions, ShortcutFinding } from "./normative/shortcut_audit.ts";
export type { Threshold, ThresholdPerformance } from "./normative/threshold_on_validation.ts";
export type { ChooseOptions, ChosenDevice } from "./onnx/choose_device.ts";
export type { TriedDevice } from "./onnx/device_error.ts";
export type { OpenModel, OpenOptions } from "./onnx/open_model.ts";
export type { PatientPlan, PhantomCohort } from "./phantom/paper_cohort.ts";
export type { Patient } from "./phantom/patient.ts";
export type { RenderedRadiograph } from "./phantom/render_radiograph.ts";
export type { Retake } from "./phantom/retake_film.ts";
export type { PatientOptions } from "./phantom/sample_patient.ts";
export type { TrainingFilm } from "./phantom/training_film.ts";
export type { PhantomSummary, WritePhantomOptions } from "./phantom/write_phantom.ts";
export type { LeadingComponents, LeadingComponentsOptions } from "./projection/leading_components.ts";
export type { PlaceOptions } from "./projection/place_on_umap.ts";
export type { PcaProjection, ProjectPcaOptions } from "./projection/project_pca.ts";
export type { ProjectUmapOptions, UmapProjection } from "./projection/project_umap.ts";
export type { Trustworthiness, TrustworthinessOptions } from "./projection/trustworthiness.ts";
export type { WhitenOptions } from "./projection/whiten.ts";
export type { ReadFilm } from "./radiograph/decode_job.ts";
export type { FilmReader } from "./radiograph/film_reader.ts";
export type { RadiographErrorCode } from "./radiograph/guard/radiograph_error.ts";
export type { Format } from "./radiograph/guard/sniff_format.ts";
export type { InspectFailure, InspectRecord } from "./radiograph/inspect_stored.ts";
export type { ParseOptions } from "./radiograph/parse_radiograph.ts";
export type { ReadOptions } from "./radiograph/read_radiograph.ts";
export type { BrushPoint, Interactive, SliderStep } from "./report/explore.ts";
export type { StudyFigure } from "./report/figures/study_figure.ts";
export type { ShowOptions } from "./report/media_bundle.ts";
export type { ComparisonsRecord } from "./report/read/read_study.ts";
export type { WriteReportOptions } from "./report/write_report.ts";
export type { BoxedMask } from "./segmentation/dice.ts";
export type { FilmPool } from "./segmentation/film_pool.ts";
export type { TrainedUnet, TrainUnetOptions } from "./segmentation/train_unet.ts";
export type { ComparedGroup, ComparedPair } from "./stats/compare/comparison.ts";
export type { FormatPOptions } from "./stats/correction/format_p.ts";
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
export type { CohortVerdict } from "./study/cohort/cohort_conflicts.ts";
export type { FileCohortOptions } from "./study/cohort/file_study_cohort.ts";
export type { Failure, FilmJob, HeadOutline } from "./study/cohort/film_job.ts";
export type { SmallPicture } from "./study/folder/shrink_picture.ts";
export type { StudyRecord } from "./study/folder/study_record.ts";
export type { Verification } from "./study/folder/verify_study.ts";
export type { Yardsticks } from "./study/models/yardsticks.ts";
export type { PreflightFilm, PreflightResult } from "./study/preflight/preflight.ts";
export type { RepeatabilityRecord } from "./study/reliability/measure_repeatability.ts";
export type { StabilityRecord } from "./study/reliability/measure_stability.ts";
export type { StudyReliabilityOptions } from "./study/reliability/study_reliability.ts";
export type { RunStudyOptions } from "./study/run_study.ts";
export type { ScoreJson, SegmentJson } from "./study/score/score_json.ts";
export type { FilmScore } from "./study/score/score_radiograph.ts";
export type { TeachOptions } from "./study/teach/teach_study.ts";
export type { TrainedVaeModels, TrainVaeModelsOptions } from "./study/train/train_vae_models.ts";
export type { LatentUnit } from "./vae/active_units.ts";
export type { PathFrame, PathOptions } from "./vae/grade_path.ts";
export type { TraversalStep } from "./vae/latent_traversal.ts";
export type { ResidualScale } from "./vae/residual_scale.ts";
export type { TrainedVae, TrainVaeOptions, VaeCrops } from "./vae/train_vae.ts";
export type { VaeSettings } from "./vae/vae_settings.ts";
export type { MeanAndCovariance } from "./array/covariance.ts";
export type { ColumnName } from "./cohort/find_columns.ts";
export type { Panel } from "./figures/bin_distances.ts";
export type { FigureTheme } from "./figures/figure_theme.ts";
export type { MapOutline } from "./figures/latent_map.ts";
export type { ReferenceLine } from "./figures/reference_marks.ts";
export type { GradeClusters } from "./normative/grade_clusters.ts";
export type { DomainMeasure } from "./normative/out_of_domain.ts";
export type { Signature, Tensor } from "./onnx/open_model.ts";
export type { BoneSubjects } from "./phantom/bone_model.ts";
export type { Film } from "./phantom/film.ts";
export type { FilmFormat } from "./phantom/film_files.ts";
export type { HeadTruth } from "./phantom/head_truth.ts";
export type { Carrier, Dressing, Hip, Occluders, Processing, View } from "./phantom/patient.ts";
export type { FilmFacts } from "./radiograph/stored/stored_image.ts";
export type { FrameOptions } from "./radiograph/values/to_radiograph.ts";
export type { DetectionRecord } from "./report/read/read_study.ts";
export type { UnetSettings } from "./segmentation/unet_recipe.ts";
export type { Interval } from "./stats/compare/comparison.ts";
export type { ExpectedHead, FilmSource } from "./study/cohort/film_job.ts";
export type { Difference } from "./study/folder/verify_study.ts";
export type { JudgedCohort } from "./study/judge/judge_cohort.ts";
export type { SoftwareVersions } from "./study/models/caput_version.ts";
export type { PreflightReason } from "./study/preflight/preflight.ts";
export type { MeasureRepeatability } from "./study/reliability/measure_repeatability.ts";
export type { HeadJson, HeadScoreJson } from "./study/score/score_json.ts";
export type { HeadScore } from "./study/score/score_radiograph.ts";
export type { Progress, TrainOptions, TrainResult } from "./training/loop/train_options.ts";
export type { VaeModels } from "./vae/export_vae.ts";
export type { CropChanges, LocalChanges } from "./vae/vae_settings.ts";
export type { StudyProgress } from "./workers/study_progress.ts";
export type { Joint } from "./phantom/film.ts";
export type { Sheet } from "./phantom/path_length.ts";
export type { Lesion } from "./phantom/patient.ts";
export type { ExplainedHead } from "./study/judge/code_heads.ts";
export type { DomainMeasures } from "./study/models/yardsticks.ts";
export type { TrainedNetwork } from "./training/graph/export_network.ts";
export type { HistoryRow } from "./training/loop/checkpoint.ts";
export type { OptimiserSettings } from "./training/loop/optimiser.ts";
export type { Buffers } from "./training/loop/recipe.ts";
export type { Layout } from "./training/graph/layout.ts";
export type { Slot } from "./training/graph/layout.ts";
export type { Shape } from "./training/graph/value.ts";
export type { GaussianShape } from "./normative/mahalanobis.ts";
export type { ArchiveErrorCode } from "./archive/archive_error.ts";
export type { FilmQuery } from "./archive/dicomweb.ts";
export type { FetchFilmsOptions } from "./archive/fetch_films.ts";
export type { PatienceOptions } from "./archive/patient_request.ts";
export type { KeyedIds, KeyOptions } from "./cohort/keyed_ids.ts";
export type { ExportDicomOptions, ExportedFilm } from "./study/export/export_dicom.ts";
export type { OpenDicomExportOptions } from "./study/export/open_dicom_export.ts";
export type { FilmObjects } from "./study/export/film_objects.ts";
export type { ExportedMasks, ExportMasksOptions } from "./desk/export_masks.ts";
export type { FilmState } from "./desk/film_state.ts";
export type { OpenDeskOptions, ScoredOutline } from "./desk/open_desk.ts";
export type { ReaderAgreement } from "./desk/reader_agreement.ts";
export type { MaskRuns } from "./masks/mask_runs.ts";
export type { OutlineAtOptions } from "./segmentation/outline_at.ts";
export type { MaskFormat } from "./desk/write_masks.ts";
