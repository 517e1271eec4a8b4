import type { Device } from "../../types.ts";
import { measureCohort, type MeasuredCohort } from "./measure_cohort.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import { divideFilms } from "./divide_films.ts";
import type { ModelFiles } from "../models/read_models.ts";
import type { StudyProgress } from "../../workers/study_progress.ts";
import type { Shard } from "../cohort/film_job.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";

/** Options of {@linkcode measureFilms}. */
export interface MeasureFilmsOptions {
  /** The study folder, in which rendered films and finished shards are stored. */
  folder: string;
  device: Device;
  /** False if the cohort provides a ready-made crop for every head. */
  segment: boolean;
  /** The shards to measure. @default all shards of the cohort */
  portions?: readonly Shard[];
  /** Number of cores to use. @default all cores of this machine */
  workers?: number;
  /** Identifies this process among others that work on the same study; see `writeAtomic`. */
  writer?: string;
  signal?: AbortSignal;
  progress?: (label: string, total: number) => StudyProgress;
}

/**
 * Measures the heads on a cohort's films (see `measureCohort`) with a progress bar; stores the results in the study
 * folder.
 */
export async function measureFilms(
  cohort: StudyCohort,
  { files, plan }: ModelFiles,
  { folder, device, segment, portions = divideFilms(cohort.jobs), workers, writer, signal, progress }:
    MeasureFilmsOptions,
): Promise<MeasuredCohort> {
  const shelf = cohort.fingerprint === null
    ? null
    : { folder: `${folder}/films`, fingerprint: cohort.fingerprint };
  if (shelf) await Deno.mkdir(shelf.folder, { recursive: true });
  const bar = progress?.("films", portions.reduce((sum, { jobs }) => sum + jobs.length, 0));
  try {
    return await measureCohort(portions, {
      unet: segment ? files[MODEL_FILES.unet] : null,
      unetSha256: segment ? plan.models[MODEL_FILES.unet] : "",
      plan: { segmentation: plan.segmentation, crop: plan.crop },
      ...{ device, shelf, signal, workers, writer, folder: `${folder}/.work` },
      onFilm: (done) => bar?.update(done),
    });
  } finally {
    bar?.end();
  }
}
