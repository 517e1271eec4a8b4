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

/** What the author declares about a cohort file. */
export interface FileCohortOptions {
  /** What its grades mean, such as `I=1,II=2,NA=drop`. */
  gradeMap?: string;
  /** What its sides mean, such as `D=right,G=left`. */
  sideMap?: string;
  /** What its columns are called, such as `Datei=radiograph,Stadium=grade`. */
  columns?: string;
  /** Folder its films lie in. @default the folder of the file */
  root?: string;
  /** File of the key that turns names into ids. @default `.caput-key` beside the cohort file */
  key?: string;
  /** What the cohort is called wherever it is referred to. @default "cohort" and a part of the file's hash */
  name?: string;
  /** Folder of results, which must not hold the key. */
  out?: string;
}

/** Heads of one film, or one ready crop, together. */
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
 * A cohort file as a study takes it, its names turned into keyed ids: from here on only paths tell who is meant, and they are
 * never written.
 *
 * @throws {CohortError} if anything in the file is wrong; nothing is run then.
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
  const dropped = cohort.dropped > 0 ? [`${cohort.dropped} rows were left out by the maps.`] : [];
  return {
    kind: "cohort",
    // A file's name may name somebody: the cohort is called what the author calls it, or by its hash.
    name: name ?? `cohort ${hash.slice(0, 8)}`,
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

/** A few missing films are failures of their own; none at all means that the paths are read from the wrong folder. */
async function requireFilms(rows: readonly CohortEntry[]): Promise<void> {
  for (const { radiograph, crop } of rows) {
    if (await Deno.stat(radiograph || crop!).then(() => true, () => false)) return;
  }
  throw new CohortError([{
    code: "no-film-found",
    severity: "error",
    rows: rows.map(({ row }) => row),
    message: "none of the films is where the file says; paths are relative to the cohort file",
    fix: "move the file beside its films, or name their folder: --root FOLDER",
  }]);
}
