import { unnamedCohort } from "./unnamed_cohort.ts";
import { dirname, join } from "node:path";
import { CohortError, describe, gatherProblems } from "../../cohort/cohort_error.ts";
import { parseColumnMap } from "../../cohort/find_columns.ts";
import type { CohortEntry } from "../../cohort/find_conflicts.ts";
import { keyCohort, openKey } from "../../cohort/keyed_ids.ts";
import { readCohort, requireSound } from "../../cohort/read_cohort.ts";
import { parseGradeMap, parseSideMap } from "../../cohort/value_map.ts";
import type { FilmJob } from "./film_job.ts";
import { sha256File } from "../../files/sha256.ts";
import type { StudyCohort } from "./study_cohort.ts";

/** Options of {@linkcode fileStudyCohort}. */
export interface FileCohortOptions {
  /** Mapping of grades, such as `I=1,II=2,NA=drop`. */
  gradeMap?: string;
  /** Mapping of sides, such as `D=right,G=left`. */
  sideMap?: string;
  /** Mapping of column names, such as `Datei=radiograph,Stadium=grade`. */
  columns?: string;
  /**
   * Folder that must contain all films. Paths are relative to the cohort file; if a file does not exist there, this
   * folder is tried.
   *
   * @default the folder of the cohort file
   */
  root?: string;
  /** Key file used to hash the names of patients, films and heads. @default `.caput-key` next to the cohort file */
  key?: string;
  /** Name of the cohort in all outputs. @default "cohort" and a part of the file's hash */
  name?: string;
  /** Output folder, which must not contain the key. */
  out?: string;
}

/** Groups rows by film, or by ready-made crop. */
function filmJobs(rows: readonly CohortEntry[], filmIds: ReadonlyMap<string, string>): FilmJob[] {
  const films = new Map<string, CohortEntry[]>();
  for (const row of rows) {
    const picture = row.radiograph || row.crop!;
    films.set(picture, [...films.get(picture) ?? [], row]);
  }
  return [...films].map(([picture, heads]): FilmJob => ({
    film: filmIds.get(picture)!,
    source: heads[0].radiograph ? { kind: "file", path: heads[0].radiograph } : { kind: "none" },
    heads: heads.map(({ radiograph: _, date: __, ...head }) => head),
  }));
}

/**
 * Reads a cohort file for a study and replaces names of patients and films by keyed hashes. After that, only the paths
 * of films, crops and masks may contain names of patients; they are never written to outputs.
 *
 * @throws {CohortError} if the file has an error, or none of its films and ready-made crops exists.
 * @throws {InputError} if the key or one of the mappings cannot be used.
 */
export async function fileStudyCohort(path: string, options: FileCohortOptions = {}): Promise<StudyCohort> {
  const { gradeMap, sideMap, columns, root, key = join(dirname(path), ".caput-key"), out, name } = options;
  const cohort = requireSound(
    await readCohort(path, {
      gradeMap: gradeMap === undefined ? undefined : parseGradeMap(gradeMap),
      sideMap: sideMap === undefined ? undefined : parseSideMap(sideMap),
      columnMap: columns === undefined ? undefined : parseColumnMap(columns),
      root,
    }),
  );
  await requireFilms(cohort.rows);
  const ids = await openKey(key, { output: out });
  const filmIds = new Map<string, string>();
  for (const { radiograph, crop, headId } of cohort.rows) {
    const picture = radiograph || crop!;
    if (!filmIds.has(picture)) filmIds.set(picture, await ids.id("film", headId.replace(/#[^#]*$/, "")));
  }
  const rows = await keyCohort(cohort.rows, ids);
  const hash = await sha256File(path);
  const dropped = cohort.dropped > 0 ? [`${cohort.dropped} rows were dropped by the mappings.`] : [];
  return {
    kind: "cohort",
    name: name ?? unnamedCohort(hash),
    jobs: filmJobs(rows, filmIds),
    failures: [],
    sha256: hash,
    fingerprint: null,
    notes: [
      ...gatherProblems(cohort.problems).map((problem) => `Cohort file, ${describe(problem)}.`),
      ...dropped,
    ],
  };
}

/**
 * Throws if all films (or ready-made crops) are missing, because then the paths probably refer to the wrong folder. If
 * only some are missing, their heads are reported as failures later.
 */
async function requireFilms(rows: readonly CohortEntry[]): Promise<void> {
  for (const { radiograph, crop } of rows) {
    if (await Deno.stat(radiograph || crop!).then(() => true, () => false)) return;
  }
  throw new CohortError([{
    code: "no-film-found",
    severity: "error",
    rows: rows.map(({ row }) => row),
    message: "none of the films was found; paths must be relative to the cohort file or to --root",
    fix: "move the cohort file next to its films, or name their folder: --root FOLDER",
  }]);
}
