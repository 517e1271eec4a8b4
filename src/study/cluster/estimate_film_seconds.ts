import { openUnet } from "../models/model_set.ts";
import { MODEL_FILES } from "../models/model_set.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import { measureFilm } from "../measure/measure_film.ts";
import { filmOpener, readFilm } from "../measure/open_film.ts";
import type { StudyModels } from "../measure/read_study_models.ts";
import type { Device } from "../../types.ts";

/** Number of films that are timed. */
const SAMPLE = 8;
/** Lower limit of the estimate in seconds: the time for writing the results of a film. */
const LEAST_SECONDS = 0.02;

/**
 * Time per film of this cohort in seconds on one core, measured on a few evenly spaced films. The first film is
 * measured once before the clock starts, because the first run is slower. Synthetic films are rendered into `scratch`;
 * their first film is not timed, because it is already rendered by then.
 */
export async function estimateFilmSeconds(
  cohort: StudyCohort,
  { files: { files, plan }, segment, device, scratch }: StudyModels & { device: Device; scratch: string },
): Promise<number> {
  const bytes = segment ? files[MODEL_FILES.unet] : null;
  const unet = bytes ? await openUnet(bytes, { device, threads: 1 }) : null;
  try {
    const shelf = cohort.fingerprint === null ? null : { folder: scratch, fingerprint: cohort.fingerprint };
    const tools = {
      ...{ unet, plan, openFilm: filmOpener(shelf) },
      readFilm: (path: string) => readFilm(path),
    };
    const count = Math.min(SAMPLE, cohort.jobs.length);
    const jobs = Array.from(
      { length: count },
      (_, i) => cohort.jobs[Math.floor(i * cohort.jobs.length / count)],
    );
    await measureFilm(jobs[0], tools);
    const start = performance.now();
    for (const job of shelf ? jobs.slice(1) : jobs) await measureFilm(job, tools);
    const timed = shelf ? Math.max(1, count - 1) : count;
    return Math.max(LEAST_SECONDS, (performance.now() - start) / 1000 / timed);
  } finally {
    await unet?.close();
  }
}
