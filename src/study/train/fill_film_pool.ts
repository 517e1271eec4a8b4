import { type FilmPool, filmPool } from "../../segmentation/training/film_pool.ts";
import { workPool } from "../../workers/work_pool.ts";

/** Number of films that a worker renders per job. */
const FILMS_PER_JOB = 16;

/**
 * Renders synthetic training films in workers into one pool. Film i depends only on the seed, the size and i.
 *
 * @param options.sizePx longest side of a new pool's films in pixels
 * @param options.onProgress called with the number of films done
 */
export async function fillFilmPool(
  { count, sizePx = 512, seed, into, workers = navigator.hardwareConcurrency, signal, onProgress }: {
    count: number;
    sizePx?: number;
    /** Existing pool to write to, and the place of the first film in it. @default a new pool */
    into?: { pool: FilmPool; from: number };
    seed: number;
    workers?: number;
    signal?: AbortSignal;
    onProgress?: (done: number) => void;
  },
): Promise<FilmPool> {
  const { pool, from: first } = into ?? { pool: filmPool({ count, sizePx }), from: 0 };
  const jobs = Array.from({ length: Math.ceil(count / FILMS_PER_JOB) }, (_, k) => ({
    from: k * FILMS_PER_JOB,
    to: Math.min(count, (k + 1) * FILMS_PER_JOB),
  }));
  let done = 0;
  await workPool<{ pool: FilmPool; first: number; seed: number }, { from: number; to: number }, number>({
    jobs,
    workers,
    open: () => new Worker(new URL("./film_pool_worker.ts", import.meta.url), { type: "module" }),
    start: { pool, first, seed },
    onBeat: () => onProgress?.(++done),
    onResult: () => {},
    signal,
  });
  return pool;
}
