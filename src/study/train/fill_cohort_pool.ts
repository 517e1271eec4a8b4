import { type FilmPool, filmPool } from "../../segmentation/training/film_pool.ts";
import type { Split } from "../../types.ts";
import type { CohortPoolJob, CohortPoolStart, PooledFilm } from "./cohort_pool_worker.ts";
import type { FilmJob, UnusableRow } from "../cohort/film_job.ts";
import type { FilmShelf } from "../measure/open_film.ts";
import { drawSplit } from "../cohort/assign_split.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import { markSynthetic } from "../cohort/mark_synthetic.ts";
import { splitSha256 } from "../cohort/split_sha256.ts";
import type { TrainingData } from "./training_record.ts";
import { workPool } from "../../workers/work_pool.ts";
import { InputError } from "../../input_error.ts";

/** A filled training pool, with the facts for the training record. */
export interface FilledPool {
  /** Training films, followed by validation films. */
  readonly pool: FilmPool;
  /** Number of validation films. */
  readonly validationFilms: number;
  readonly data: TrainingData;
  /** The validation films, if they come from a cohort. */
  readonly leftOut?: readonly FilmJob[];
}

/** Options of {@linkcode fillCohortPool}. */
export interface FillCohortPoolOptions {
  /** Random seed of the split if the cohort file does not state one. */
  seed: number;
  /** Maximum side length of the films in the pool, in pixels. @default {512} */
  sizePx?: number;
  /** Folder for rendered films; not needed for films that are read from disk. @default {null} */
  shelf?: FilmShelf | null;
  workers?: number;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
  /** Like `onProgress`, while films are read to find duplicates, before the split is drawn. */
  onDuplicates?: (done: number, total: number) => void;
  /** Called for each row that cannot be used, in the order of the rows. */
  onFailure?: (row: UnusableRow) => void;
}

/** Time in ms without a message from a worker after which its film counts as unreadable. */
const SILENCE_MS = 90_000;

/**
 * Reads (or renders) a cohort's training and validation films with the reference outlines of their heads into one pool.
 * The split is the same as for every other network of this cohort and seed. Films of held-out patients are not used; at
 * most they are read to detect duplicates.
 *
 * @throws {InputError} if no training or validation film has a mask, no usable film remains for training or for
 * validation, or the cohort file states a split that is incomplete or divides a patient.
 */
export async function fillCohortPool(
  cohort: StudyCohort,
  options: FillCohortPoolOptions,
): Promise<FilledPool> {
  const { seed, sizePx = 512, onFailure } = options;
  const { subsets, notes } = drawSplit({ jobs: cohort.jobs, pixels: await pixelsOf(cohort, options), seed });
  const of = (split: Split) => cohort.jobs.filter(({ heads }) => subsets.get(heads[0].headId) === split);
  const train = of("train"), validation = of("validation"), jobs = [...train, ...validation];
  requireDrawn(cohort, jobs);
  const pool = filmPool({ count: jobs.length, sizePx });
  const films = await readFilms(jobs, { ...options, pool });
  const failures = films.flatMap((film) => film.failures).sort((a, b) => a.row - b.row);
  failures.forEach((row) => onFailure?.(row));
  const usable = films.flatMap(({ failures }, i) => failures.length === 0 ? [i] : []);
  const validationFilms = usable.filter((i) => i >= train.length).length;
  const trainFilms = usable.length - validationFilms;
  requireFilms(cohort, { train: trainFilms, validation: validationFilms, failures: failures.length });
  const chosen = usable.map((i) => jobs[i]);
  const marked = markSynthetic(cohort, usable.map((i) => ({ quality: films[i].remarks })));
  const parts = [chosen.slice(0, trainFilms), chosen.slice(trainFilms)] as const;
  return {
    pool: withoutGaps(pool, usable),
    validationFilms,
    leftOut: parts[1],
    data: {
      kind: marked.kind,
      name: marked.name,
      counts: [
        count("films", parts, (part) => part.length),
        count("heads", parts, (part) => part.reduce((sum, { heads }) => sum + heads.length, 0)),
        count(
          "patients",
          parts,
          (part) => new Set(part.flatMap(({ heads }) => heads.map((h) => h.patient))).size,
        ),
      ],
      failures: failures.length,
      splitSha256: splitSha256(
        cohort.jobs.flatMap(({ heads }) =>
          heads.map(({ patient, headId }) => ({ patient, split: subsets.get(headId)! }))
        ),
      ),
      notes: [...notes, ...marked.notes.slice(cohort.notes.length), ...remarks(parts[0])],
    },
  };
}

/** sha256 of the stored pixel values by film id, used to detect duplicates before the split is drawn. */
async function pixelsOf(
  cohort: StudyCohort,
  options: FillCohortPoolOptions,
): Promise<Record<string, string>> {
  // Films whose rows state a split need not be read. Films whose heads all have ready-made crops are not read by the
  // training of the autoencoder either, and the split must be the same in both trainings.
  const jobs = cohort.jobs.filter(({ source, heads }) =>
    source.kind === "file" && heads.some(({ split, crop }) => split === undefined && !crop)
  );
  const films = await readFilms(jobs, { ...options, pool: null, onProgress: options.onDuplicates });
  return Object.fromEntries(
    films.flatMap(({ storedSha256 }, i) => storedSha256 ? [[jobs[i].film, storedSha256]] : []),
  );
}

/** Reads films in workers, and writes them into the pool if there is one. */
async function readFilms(
  films: readonly FilmJob[],
  { pool, shelf = null, workers = navigator.hardwareConcurrency, signal, onProgress }:
    & Omit<FillCohortPoolOptions, "seed" | "sizePx">
    & { pool: FilmPool | null },
): Promise<PooledFilm[]> {
  const results: PooledFilm[] = new Array(films.length);
  let done = 0;
  await workPool<CohortPoolStart, CohortPoolJob, PooledFilm>({
    jobs: films.map((film, at) => ({ film, at })),
    ...{ workers, signal, silenceMs: SILENCE_MS },
    open: () => new Worker(new URL("./cohort_pool_worker.ts", import.meta.url), { type: "module" }),
    start: { pool, shelf },
    onSilence: (_, job) => ({ ...job, silent: true }),
    onResult: (index, result) => {
      results[index] = result;
      onProgress?.(++done, films.length);
    },
  });
  return results;
}

/** Throws one error if no training or validation film has a mask, instead of one for every row. */
function requireDrawn(cohort: StudyCohort, jobs: readonly FilmJob[]): void {
  if (
    cohort.kind === "synthetic" || cohort.jobs.length === 0 ||
    cohort.jobs.some(({ heads }) => heads.some(({ mask }) => mask)) &&
      (jobs.length === 0 || jobs.some(({ heads }) => heads.some(({ mask }) => mask)))
  ) {
    return;
  }
  throw new InputError(
    `Cannot train the U-Net: the cohort's training and validation films need drawn outlines, got ${
      jobs.length || cohort.jobs.length
    } films and no mask; ` +
      "name a file with each head's outline in the column mask",
  );
}

function requireFilms(
  { jobs }: StudyCohort,
  { train, validation, failures }: { train: number; validation: number; failures: number },
): void {
  if (train > 0 && validation > 0) return;
  throw new InputError(
    `Cannot train the U-Net: training and validation films are needed, got ${train} and ${validation} of ` +
      `${jobs.length} films (${failures} rows cannot be used, the patients of the other films are held out); ` +
      "add healthy patients, correct the rows, or state the split in the cohort file",
  );
}

/** Moves the usable films together, so that the pool has no empty places. */
function withoutGaps(
  { sizePx, pixels, labels, shapes, heads, headless }: FilmPool,
  usable: readonly number[],
): FilmPool {
  const count = usable.length;
  const parts = [[pixels, sizePx * sizePx], [labels, sizePx * sizePx], [shapes, 2], [heads, 6], [
    headless,
    6,
  ]] as const;
  for (const [array, size] of parts) {
    usable.forEach((from, to) => from === to || array.copyWithin(to * size, from * size, (from + 1) * size));
  }
  return {
    ...{ count, sizePx },
    pixels: pixels.subarray(0, count * sizePx * sizePx),
    labels: labels.subarray(0, count * sizePx * sizePx),
    shapes: shapes.subarray(0, 2 * count),
    heads: heads.subarray(0, 6 * count),
    headless: headless.subarray(0, 6 * count),
  };
}

function count(
  of: TrainingData["counts"][number]["of"],
  [train, validation]: readonly [FilmJob[], FilmJob[]],
  number: (part: FilmJob[]) => number,
): TrainingData["counts"][number] {
  return { of, train: number(train), validation: number(validation) };
}

/** Notes on disease and implants that the training films do not show. */
function remarks(train: readonly FilmJob[]): string[] {
  const healthy = train.every(({ heads }) => heads.every(({ grade }) => grade === 0));
  return [
    ...(healthy
      ? ["The training outlines are of healthy heads only; collapsed heads may be outlined less accurately."]
      : []),
    "Hip replacements were not marked on the training films: they may be mistaken for heads.",
  ];
}
