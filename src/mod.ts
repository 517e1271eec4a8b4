/**
 * Caput measures how far a femoral head on a hip radiograph deviates from healthy heads. This module exports the whole
 * public interface, in the order of the pipeline.
 *
 * For research and teaching only; Caput is not a medical device.
 */
export type * from "./types.ts";
export { InputError, TooFewError } from "./input_error.ts";

// Reading films: from bytes on disk to a Radiograph.
export { inspectFile } from "./radiograph/inspect_file.ts";
export { parseRadiograph } from "./radiograph/parse_radiograph.ts";
export { RadiographError } from "./radiograph/guard/radiograph_error.ts";
export { sniffFormat } from "./radiograph/guard/sniff_format.ts";
export { readRadiograph } from "./radiograph/read_radiograph.ts";
export { sharedReader } from "./radiograph/shared_reader.ts";

// Cohorts: the films, patients and heads of a study.
export { CohortError } from "./cohort/cohort_error.ts";
export { draftManifest, type ManifestDraft, manifestText } from "./cohort/draft_manifest.ts";
export { groupByGrade } from "./cohort/group_by_grade.ts";
export { type Cohort, readCohort } from "./cohort/read_cohort.ts";
export { splitByPatient } from "./cohort/split_by_patient.ts";
export { parseColumnMap } from "./cohort/find_columns.ts";
export { parseGradeMap, parseSideMap } from "./cohort/value_map.ts";

// Synthetic hip radiographs with known ground truth.
export * from "./phantom.ts";

// Neural networks: training, and running them on a device.
export * from "./training.ts";
export { chooseDevice } from "./onnx/choose_device.ts";
export { DeviceError } from "./onnx/device_error.ts";
export { ModelIntegrityError } from "./onnx/model_integrity_error.ts";
export { openModel } from "./onnx/open_model.ts";

// Segmentation: from a film to its femoral heads and their crops.
export { cropHead } from "./segmentation/crop_head.ts";
export { dice, intersectionOverUnion } from "./segmentation/outline/dice.ts";
export { outlineAt } from "./segmentation/outline_at.ts";
export { segmentHeads } from "./segmentation/segment_heads.ts";
export { surfaceDistance } from "./segmentation/outline/surface_distance.ts";

// Autoencoder: from crops to latent vectors and back.
export { activeUnits } from "./vae/active_units.ts";
export { decodeLatent, decodeLatents } from "./vae/decode_latents.ts";
export { encodeCrop, encodeCrops } from "./vae/encode_crops.ts";
export { gradePath } from "./vae/grade_path.ts";
export { latentTraversal } from "./vae/latent_traversal.ts";
export { readyCrop } from "./vae/ready_crop.ts";
export { localContrast } from "./vae/local_contrast.ts";
export { residualMap, residualScore } from "./vae/residual_map.ts";
export { residualScale } from "./vae/residual_scale.ts";

// Normative model: the distribution of healthy heads, the distance of a head from it, and the explanation of that
// distance.
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

// Statistics: comparison of groups.
export * from "./stats.ts";

// Projections of the latent space to two dimensions.
export { leadingComponents } from "./projection/leading_components.ts";
export { placeOnUmap } from "./projection/place_on_umap.ts";
export { projectPca } from "./projection/project_pca.ts";
export { projectUmap } from "./projection/project_umap.ts";
export { trustworthiness } from "./projection/trustworthiness.ts";
export { whiten } from "./projection/whiten.ts";

// Image archives (DICOMweb), and the key with which patient and film ids are replaced.
export { openKey } from "./cohort/keyed_ids.ts";
export { ArchiveError } from "./archive/archive_error.ts";
export { type ArchivedFilm, type DicomWeb, dicomWeb } from "./archive/dicomweb.ts";
export { type FetchedFilm, fetchFilms } from "./archive/fetch_films.ts";
export type { Credentials } from "./archive/request_with_retries.ts";

// Figures as SVG.
export * from "./figures.ts";

// The complete pipeline, for one film or for a cohort.
export { drawMask, drawOverlay } from "./study/score/draw_overlay.ts";
export { type DicomExport, exportDicom } from "./study/dicom_export/export_dicom.ts";
export { type DicomExporter, openDicomExport } from "./study/dicom_export/open_dicom_export.ts";
export { fileStudyCohort } from "./study/cohort/file_study_cohort.ts";
export { liveScorer } from "./study/score/live_scorer.ts";
export { loadUnet } from "./study/models/load_unet.ts";
export { loadModels, MODEL_FILES, type Models } from "./study/models/model_set.ts";
export { IntegrityError } from "./files/integrity_error.ts";
export { LockedError } from "./study/folder/lock_study.ts";
export { lookAtFilm } from "./study/preflight/look_at_film.ts";
export { exportPack, importPack, type PackSummary } from "./study/folder/normative_pack.ts";
export { preflight } from "./study/preflight/preflight.ts";
export { qualityWords } from "./study/preflight/quality_words.ts";
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
export { scoreFilm } from "./study/score/score_film.ts";
export { scoreRadiograph } from "./study/score/score_radiograph.ts";
export { scoreJson, segmentJson } from "./study/score/score_json.ts";
export { smallPictures } from "./study/folder/small_pictures.ts";
export { phantomCohort } from "./study/cohort/phantom_film.ts";
export { phantomStudyCohort } from "./study/cohort/study_cohort.ts";
export { type HipFrame, type TeachingRecord, teachStudy } from "./study/teach/teach_study.ts";
export { type Reliability, studyReliability } from "./study/reliability/study_reliability.ts";
export type { StudyCohort } from "./study/cohort/study_cohort.ts";
export { type TrainedUnetModels } from "./study/train/train_unet_models.ts";
export type {
  ComparedHead,
  OutlineComparison,
  OutlineScores,
  UnetComparison,
} from "./study/train/compare_unets.ts";
export type { UnusableRow } from "./study/cohort/film_job.ts";
export { verifyStudy } from "./study/folder/verify_study.ts";
export { type ModelFiles, modelsForFilms, readModels, SHIPPED_MODELS } from "./study/models/read_models.ts";
export { referenceWords } from "./normative/reference_words.ts";

// The desk (`caput desk`): view films, correct outlines, export the corrections and train on them.
export { exportMasks } from "./desk/export_masks.ts";
export { type BoxedMask, boxMask, type FilmSize } from "./masks/boxed_mask.ts";
export { rowList } from "./cohort/row_list.ts";
export { isMaskFileName } from "./masks/mask_file_name.ts";
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

// Figures, reports and videos.
export { figureSet } from "./report/figures/figure_set.ts";
export { encodePng, type PngOptions, type PngPicture } from "./image/encode_png.ts";
export { outlinedHead } from "./report/figures/outlined_head.ts";
export { readPicture } from "./report/read/read_picture.ts";
export { type FrameRecord, type HeadRecord, type OpenStudy, readStudy } from "./report/read/read_study.ts";
export { brush } from "./report/notebook/brush.ts";
export { slider } from "./report/notebook/slider.ts";
export { show } from "./report/show.ts";
export { writeTeachingFilm } from "./report/video/teaching_film.ts";
export { type FigureFormat, writeFigures, type WriteFiguresOptions } from "./report/figures/write_figures.ts";
export { writeReport } from "./report/write_report.ts";

// Types that the functions above take and return.
export type { SymmetricEigen } from "./array/symmetric_eigen.ts";
export type { CohortProblem } from "./cohort/cohort_error.ts";
export type { DraftOptions, DraftRow, NamePattern } from "./cohort/draft_manifest.ts";
export type { ColumnMap } from "./cohort/find_columns.ts";
export type { CohortEntry } from "./cohort/find_conflicts.ts";
export type { CohortOptions } from "./cohort/read_cohort.ts";
export type { SplitOptions, SplitProof } from "./cohort/split_by_patient.ts";
export type { GradeMap, SideMap } from "./cohort/value_map.ts";
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
export type { BrushPoint } from "./report/notebook/brush.ts";
export type { DrawingTools, Interactive } from "./report/notebook/interactive.ts";
export type { SliderContent } from "./report/notebook/slider_panel.ts";
export type { SliderStep } from "./report/notebook/slider.ts";
export type { StudyFigure } from "./report/figures/study_figure.ts";
export type { ShowOptions } from "./report/media_bundle.ts";
export type { ComparisonsRecord } from "./report/read/read_study.ts";
export type { WriteReportOptions } from "./report/write_report.ts";
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
export type { FilmScore } from "./study/score/score_film.ts";
export type { TeachOptions } from "./study/teach/teach_study.ts";
export type { LatentUnit } from "./vae/active_units.ts";
export type { PathFrame, PathOptions } from "./vae/grade_path.ts";
export type { TraversalStep } from "./vae/latent_traversal.ts";
export type { ResidualScale } from "./vae/residual_scale.ts";
export type { MeanAndCovariance } from "./array/covariance.ts";
export type { ColumnName } from "./cohort/find_columns.ts";
export type { GradeClusters } from "./normative/grade_clusters.ts";
export type { DomainMeasure } from "./normative/out_of_domain.ts";
export type { Signature, Tensor } from "./onnx/open_model.ts";
export type { FilmFacts } from "./radiograph/stored/stored_image.ts";
export type { FrameOptions } from "./radiograph/values/to_radiograph.ts";
export type { DetectionRecord } from "./report/read/read_study.ts";
export type { ExpectedHead, FilmSource } from "./study/cohort/film_job.ts";
export type { Difference } from "./study/folder/verify_study.ts";
export type { SoftwareVersions } from "./study/models/caput_version.ts";
export type { PreflightReason } from "./study/preflight/preflight.ts";
export type { MeasureRepeatability } from "./study/reliability/measure_repeatability.ts";
export type { HeadJson, HeadScoreJson } from "./study/score/score_json.ts";
export type { HeadScore } from "./study/score/score_film.ts";
export type { VaeModels } from "./vae/export_vae.ts";
export type { StudyProgress } from "./workers/study_progress.ts";
export type { DomainMeasures } from "./study/models/domain_measures.ts";
export type { GaussianShape } from "./normative/mahalanobis.ts";
export type { ArchiveErrorCode } from "./archive/archive_error.ts";
export type { FilmQuery } from "./archive/dicomweb.ts";
export type { FetchFilmsOptions } from "./archive/fetch_films.ts";
export type { PatienceOptions } from "./archive/request_with_retries.ts";
export type { KeyedIds, KeyOptions } from "./cohort/keyed_ids.ts";
export type { ExportDicomOptions, ExportedFilm } from "./study/dicom_export/export_dicom.ts";
export type { OpenDicomExportOptions } from "./study/dicom_export/open_dicom_export.ts";
export type { FilmObjects } from "./study/dicom_export/film_objects.ts";
export type { ExportedMasks, ExportMasksOptions, FilmToExport } from "./desk/export_masks.ts";
export type { FilmState } from "./desk/film_state.ts";
export type { OpenDeskOptions, ScoredOutline } from "./desk/open_desk.ts";
export type { ReaderAgreement } from "./desk/reader_agreement.ts";
export type { MaskRuns } from "./masks/mask_runs.ts";
export type { OutlineAtOptions } from "./segmentation/outline_at.ts";
export type { MaskFormat } from "./desk/write_masks.ts";
