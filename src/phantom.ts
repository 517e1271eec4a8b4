/**
 * Synthetic hip radiographs with known ground truth.
 *
 * @module
 */
export { InputError } from "./input_error.ts";
export { hardCohort, paperCohort, patientOf, smallCohort } from "./phantom/patient/paper_cohort.ts";
export { renderRadiograph } from "./phantom/film/render_radiograph.ts";
export { sameHip, teachingPatient } from "./phantom/patient/same_hip.ts";
export { retakeFilm } from "./phantom/patient/retake_film.ts";
export { samplePatient } from "./phantom/patient/sample_patient.ts";
export { trainingFilm } from "./phantom/film/training_film.ts";
export { writePhantom } from "./phantom/files/write_phantom.ts";
export type { Prng } from "./array/seeded_prng.ts";
export type { PatientPlan, PhantomCohort } from "./phantom/patient/paper_cohort.ts";
export type { Patient } from "./phantom/patient/patient.ts";
export type { RenderedRadiograph } from "./phantom/film/render_radiograph.ts";
export type { Retake } from "./phantom/patient/retake_film.ts";
export type { PatientOptions } from "./phantom/patient/sample_patient.ts";
export type { TrainingFilm } from "./phantom/film/training_film.ts";
export type { PhantomSummary, WritePhantomOptions } from "./phantom/files/write_phantom.ts";
export type { BoneSubjects } from "./phantom/bones/bone_model.ts";
export type { Film } from "./phantom/film/film.ts";
export type { FilmFormat } from "./phantom/files/film_files.ts";
export type { HeadTruth } from "./phantom/film/head_truth.ts";
export type { Carrier, Dressing, Hip, Occluders, Processing, View } from "./phantom/patient/patient.ts";
export type { Joint } from "./phantom/film/film.ts";
export type { Sheet } from "./phantom/sheet/path_length.ts";
export type { Lesion } from "./phantom/patient/patient.ts";
