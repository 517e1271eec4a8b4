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
export { fileStudyCohort } from "./study/cohort/file_study_cohort.ts";
export { liveScorer } from "./study/score/live_scorer.ts";
export { loadUnet } from "./study/models/load_unet.ts";
export { loadModels, type Models } from "./study/models/model_set.ts";
export { IntegrityError } from "./files/integrity_error.ts";
export { LockedError } from "./study/folder/lock_study.ts";
export { lookAtFilm } from "./study/preflight/look_at_film.ts";
export { exportPack, importPack, type PackSummary } from "./study/folder/normative_pack.ts";
export { preflight } from "./study/preflight/preflight.ts";
export { cohortConflicts, type FilmIdentity } from "./study/cohort/cohort_conflicts.ts";
export { preflightFilm } from "./study/preflight/preflight_film.ts";
export { refreshPage } from "./study/folder/refresh_page.ts";
export { runStudy, type StudySummary } from "./study/run_study.ts";
export { scoreFilm, scoreRadiograph } from "./study/score/score_radiograph.ts";
export { scoreJson, segmentJson } from "./study/score/score_json.ts";
export { smallPictures } from "./study/folder/small_pictures.ts";
export { phantomCohort } from "./study/cohort/phantom_film.ts";
export { phantomStudyCohort } from "./study/cohort/study_cohort.ts";
export { type HipFrame, type TeachingRecord, teachStudy } from "./study/teach/teach_study.ts";
export { type Reliability, studyReliability } from "./study/reliability/study_reliability.ts";
export type { StudyCohort } from "./study/cohort/study_cohort.ts";
export { trainVaeModels } from "./study/train/train_vae_models.ts";
export { trainUnetModels, type TrainUnetModelsOptions } from "./study/train/train_unet_models.ts";
export { writeTrainingCard } from "./study/train/write_training_card.ts";
export type { UnusableRow } from "./study/cohort/film_job.ts";
export { verifyStudy } from "./study/folder/verify_study.ts";
export { modelsForFilms, SHIPPED_MODELS } from "./study/models/read_models.ts";
export { referenceWords } from "./normative/reference_words.ts";

// The film desk: looking, correcting, and what comes of it.
export { exportMasks } from "./desk/export_masks.ts";
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
