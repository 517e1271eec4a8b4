/**
 * Synthetic hip radiographs with known truth.
 *
 * @module
 */
export { InputError } from "./input_error.ts";
export { hardCohort, paperCohort, patientOf, smallCohort } from "./phantom/paper_cohort.ts";
export { renderRadiograph } from "./phantom/render_radiograph.ts";
export { sameHip, teachingPatient } from "./phantom/same_hip.ts";
export { retakeFilm } from "./phantom/retake_film.ts";
export { samplePatient } from "./phantom/sample_patient.ts";
export { trainingFilm } from "./phantom/training_film.ts";
export { writePhantom } from "./phantom/write_phantom.ts";
export type { Prng } from "./array/seeded_prng.ts";
export type { PatientPlan, PhantomCohort } from "./phantom/paper_cohort.ts";
export type { Patient } from "./phantom/patient.ts";
export type { RenderedRadiograph } from "./phantom/render_radiograph.ts";
export type { Retake } from "./phantom/retake_film.ts";
export type { PatientOptions } from "./phantom/sample_patient.ts";
export type { TrainingFilm } from "./phantom/training_film.ts";
export type { PhantomSummary, WritePhantomOptions } from "./phantom/write_phantom.ts";
export type { BoneSubjects } from "./phantom/bone_model.ts";
export type { Film } from "./phantom/film.ts";
export type { FilmFormat } from "./phantom/film_files.ts";
export type { HeadTruth } from "./phantom/head_truth.ts";
export type { Carrier, Dressing, Hip, Occluders, Processing, View } from "./phantom/patient.ts";
export type { Joint } from "./phantom/film.ts";
export type { Sheet } from "./phantom/path_length.ts";
export type { Lesion } from "./phantom/patient.ts";
