import type { Device, Side } from "../../types.ts";
import type { Shard } from "../cohort/film_job.ts";
import type { FilmWorkerStart, MeasuredShard } from "./film_worker.ts";
import type { KeptFiles, KeptShard } from "./finished_shard.ts";
import { workPool } from "../../workers/work_pool.ts";

/** Options of {@linkcode measureCohort}. */
export interface MeasureCohortOptions extends Omit<FilmWorkerStart, "threads" | "device"> {
  device: Device;
  /** Number of workers; on a GPU there is only one. @default {navigator.hardwareConcurrency} */
  workers?: number;
  signal?: AbortSignal;
  /** Called after each film with the number of films done and the total. */
  onFilm?: (done: number, total: number) => void;
}

/** All measured heads of a cohort, in the order of the shards. Crops and outlines stay on disk. */
export interface MeasuredCohort extends Omit<KeptShard, "files"> {
  /** Files of each shard, in order. */
  readonly kept: readonly KeptFiles[];
  /** Number of shards that an earlier run had finished. */
  readonly reused: number;
}

/** Time limit in ms for reading and measuring one film. */
const SILENCE_MS = 90_000;

/**
 * Reads, segments and crops the films of all shards in workers. A finished shard is stored; the next run reuses it if
 * nothing that it depends on has changed.
 * A film that takes longer than the time limit becomes a failure of its heads.
 */
export async function measureCohort(
  shards: readonly Shard[],
  { device, workers = navigator.hardwareConcurrency, signal, onFilm, ...start }: MeasureCohortOptions,
): Promise<MeasuredCohort> {
  const total = shards.reduce((sum, { jobs }) => sum + jobs.length, 0);
  const results: MeasuredShard[] = [];
  // On a GPU there is one worker. On the CPU, one thread for each worker is faster than all threads for one.
  const count = device === "cpu" ? workers : 1;
  const beats = shards.map(() => 0); // number of films done in each shard
  await workPool<FilmWorkerStart, Shard, MeasuredShard>({
    jobs: shards,
    workers: count,
    open: () => new Worker(new URL("./film_worker.ts", import.meta.url), { type: "module" }),
    start: {
      ...start,
      device,
      threads: Math.max(1, Math.floor(workers / count)),
    },
    signal,
    silenceMs: SILENCE_MS,
    onSilence: (index, shard) => {
      const hung = shard.jobs[beats[index]]?.film;
      beats[index] = 0;
      return { ...shard, silent: [...shard.silent ?? [], ...(hung ? [hung] : [])] };
    },
    onBeat: (index) => {
      beats[index]++;
      onFilm?.(beats.reduce((sum, each) => sum + each), total);
    },
    onResult: (index, result) => {
      results[index] = result;
    },
  });
  return { ...joinMeasured(results), reused: results.filter((each) => each.reused).length };
}

/** Joins measured shards to one cohort, in their order. */
export function joinMeasured(parts: readonly KeptShard[]): Omit<MeasuredCohort, "reused"> {
  const pixels: Record<string, string> = {}, headerSides: Record<string, Side> = {};
  for (const part of parts) {
    Object.assign(pixels, part.pixels);
    Object.assign(headerSides, part.headerSides);
  }
  return {
    heads: parts.flatMap((each) => each.heads),
    failures: parts.flatMap((each) => each.failures),
    ...{ pixels, headerSides },
    kept: parts.map((each) => each.files),
  };
}
