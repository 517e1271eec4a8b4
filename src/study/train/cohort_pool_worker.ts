import { InputError } from "../../input_error.ts";
import { parseRadiograph } from "../../radiograph/parse_radiograph.ts";
import type { FilmPool } from "../../segmentation/training/film_pool.ts";
import type { Radiograph } from "../../types.ts";
import { type DrawnOutlines, drawnOutlines } from "./drawn_outlines.ts";
import { failureOf } from "../cohort/failure_of.ts";
import type { FilmJob, UnusableRow } from "../cohort/film_job.ts";
import { type FilmShelf, readFilm } from "../measure/open_film.ts";
import { phantomCohort, phantomFilm } from "../cohort/phantom_film.ts";
import { type OutlinedHead, poolFilm } from "./pool_film.ts";
import { serveJobs } from "../../workers/serve_jobs.ts";

/** Start message of the workers that read a cohort's films into a training pool. */
export interface CohortPoolStart {
  /** Pool to fill; null if films are read only to detect duplicates. */
  readonly pool: FilmPool | null;
  /** Folder for the rendered films of a synthetic cohort; null if films are read from disk. */
  readonly shelf: FilmShelf | null;
}

/** One film to read. */
export interface CohortPoolJob {
  readonly film: FilmJob;
  /** Place of the film in the pool. */
  readonly at: number;
  /** True if a worker stopped responding while it processed this film; the film is not read again. */
  readonly silent?: boolean;
}

/** Result for a film. */
export interface PooledFilm {
  /** Rows of the film that cannot be used. If there are any, the film's place in the pool stays empty. */
  readonly failures: readonly UnusableRow[];
  /** sha256 of the stored pixel values; null if the film could not be read. */
  readonly storedSha256: string | null;
  /** Quality codes of the film as read; see `Radiograph`. */
  readonly remarks: readonly string[];
}

type Opened = DrawnOutlines & { readonly radiograph: Radiograph };

async function phantomTruth(job: FilmJob, shelf: FilmShelf): Promise<Opened> {
  const { cohort, seed, index } = job.source as Extract<FilmJob["source"], { kind: "phantom" }>;
  const { png, truth } = await phantomFilm(phantomCohort(cohort, seed), { index, ...shelf });
  const heads = truth.filter(({ mask }) => mask.includes(1)) as OutlinedHead[];
  return { radiograph: await parseRadiograph(png, { name: job.film }), heads, failures: [] };
}

async function fileTruth({ source, heads }: FilmJob, { outlines }: { outlines: boolean }): Promise<Opened> {
  const { path } = source as Extract<FilmJob["source"], { kind: "file" }>;
  const radiograph = await readFilm(path);
  if (!outlines) return { radiograph, heads: [], failures: [] };
  return { radiograph, ...await drawnOutlines(heads, { film: radiograph, file: path, read: readFilm }) };
}

// Worker of `fillCohortPool`: reads one film with its outlines and writes it into the pool.
serveJobs<CohortPoolStart, CohortPoolJob, PooledFilm>(({ pool, shelf }) =>
  Promise.resolve(async ({ film, at, silent }) => {
    const { source } = film;
    const unusable = (error: unknown): PooledFilm => ({
      failures: film.heads.map((head) => ({
        ...failureOf(error, head),
        file: source.kind === "file" ? source.path : head.crop ?? "",
      })),
      storedSha256: null,
      remarks: [],
    });
    try {
      if (silent) {
        throw refusal(
          "the film took too long to read",
          "time-limit",
          "run the training again when the machine is less busy, or look at the film with caput inspect",
        );
      }
      if (source.kind === "none") {
        throw refusal("a ready-made crop has no film", "no-film", "name the film that it was cut from");
      }
      const { radiograph, heads, failures } = source.kind === "phantom"
        ? await phantomTruth(film, shelf!)
        : await fileTruth(film, { outlines: pool !== null });
      if (pool && failures.length === 0) poolFilm(pool, { at, film: radiograph, heads });
      return { failures, storedSha256: radiograph.storedSha256, remarks: radiograph.remarks ?? [] };
    } catch (error) {
      return unusable(error);
    }
  })
);

function refusal(what: string, code: string, fix: string): InputError {
  return Object.assign(new InputError(`Cannot train on this row: ${what}`), { code, fix });
}
