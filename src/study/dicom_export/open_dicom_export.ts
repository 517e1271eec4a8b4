import { readFinishedRecord } from "../folder/read_finished_record.ts";
import { InputError } from "../../input_error.ts";
import type { FilmJob } from "../cohort/film_job.ts";
import { phantomStudyCohort, type StudyCohort } from "../cohort/study_cohort.ts";
import type { StudyRecord } from "../folder/study_record.ts";
import { filmOpener } from "../measure/open_film.ts";
import { type FilmObjects, filmObjects } from "./film_objects.ts";
import { studyHeads } from "./study_heads.ts";

/** Options of {@linkcode openDicomExport}. */
export interface OpenDicomExportOptions {
  /** The cohort, which says where the films are. Not needed for a synthetic study, whose films are rendered. */
  cohort?: StudyCohort | null;
  /**
   * `source`: the objects refer to the film by its own UIDs, if its file has any. `derived`: they always refer to a
   * copy, which is exported too.
   *
   * @default {"source"}
   */
  refer?: "source" | "derived";
}

/** The DICOM objects of a study, made film by film on request. */
export interface DicomExporter {
  /** Keyed ids of the films with an outlined head, in the order of the study's table. */
  readonly films: readonly string[];
  /**
   * Makes the objects of one film. Only the pixels of one film are in memory at a time.
   *
   * @throws {InputError} if the study has no outline on this film, the cohort does not contain the film, or its size
   * differs from that of the measured film.
   * @throws {RadiographError} if the film cannot be read.
   */
  objects(film: string): Promise<FilmObjects>;
}

/**
 * Opens a finished study for export as DICOM. Exporting it again gives the same objects, including UIDs, as long as the
 * modification time of `study.json` is unchanged: it is the date of the objects and part of the report's UID.
 *
 * @example
 * ```ts ignore
 * import { openDicomExport } from "./open_dicom_export.ts";
 * const exporter = await openDicomExport("studies/small");
 * const { files } = await exporter.objects(exporter.films[0]);
 * for (const { name, bytes } of files) await Deno.writeFile(name, bytes);
 * ```
 * @param folder folder of the study
 * @throws {InputError} if the folder contains no finished study, none of its heads has an outline, or the study is not
 * synthetic and `cohort` is missing.
 */
export async function openDicomExport(
  folder: string,
  { cohort: given = null, refer = "source" }: OpenDicomExportOptions = {},
): Promise<DicomExporter> {
  const record = await readFinishedRecord(folder, `Cannot export ${folder}`);
  const cohort = given ?? syntheticCohort(record), { fingerprint } = cohort;
  const shelf = fingerprint === null ? null : { folder: `${folder}/films`, fingerprint };
  if (shelf) await Deno.mkdir(shelf.folder, { recursive: true });
  const open = filmOpener(shelf), jobs = new Map(cohort.jobs.map((job) => [job.film, job]));
  const at = (await Deno.stat(`${folder}/study.json`)).mtime ?? new Date(0);
  const context = { record, facts: { version: record.caput, at }, refer };
  const byFilm = Map.groupBy(await studyHeads(folder), ({ film }) => film);
  if (byFilm.size === 0) {
    throw new InputError(`Cannot export ${folder}: none of its heads has an outline on a film (masks.json)`);
  }
  return {
    films: [...byFilm.keys()],
    async objects(film) {
      const heads = byFilm.get(film);
      if (!heads) throw new InputError("Cannot export the film: the study has no outline on it");
      const { radiograph } = await open(jobOf(film, jobs));
      return await filmObjects(jobOf(film, jobs), heads, { ...context, radiograph });
    },
  };
}

function jobOf(film: string, jobs: ReadonlyMap<string, FilmJob>): FilmJob {
  const job = jobs.get(film);
  if (job) return job;
  throw new InputError(
    "Cannot export the film: it is not in the cohort file, or the key is not that of the study",
    {
      fix: "name the cohort file and the key that the study was run with: --cohort FILE --key FILE",
    },
  );
}

/** The cohort of a synthetic study, found by its name. */
function syntheticCohort({ cohort: { kind, name } }: StudyRecord): StudyCohort {
  const [, phantom, seed] = /^(\w+) phantom, seed (\d+)$/.exec(name) ?? [];
  if (kind === "synthetic" && phantom) return phantomStudyCohort(phantom, Number(seed));
  throw new InputError(
    "Cannot export: a study does not store the paths of its films; name them with --cohort FILE",
    {
      fix: "name the cohort file and the key that the study was run with: --cohort FILE --key FILE",
    },
  );
}
