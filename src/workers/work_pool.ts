import { type CarriedError, unpackError } from "./carried_error.ts";

/** Minimum time limit for starting a worker, because loading code and networks can be slow on a busy machine. */
const START_MS = 120_000;

/** Messages between the pool and its workers. */
export type ToWorker<Start, Job> = { kind: "start"; start: Start } | { kind: "job"; index: number; job: Job };
export type FromWorker<Result> =
  | { kind: "ready" }
  | { kind: "beat" } // still alive: restarts the time limit
  | { kind: "result"; index: number; result: Result }
  | { kind: "error"; error: CarriedError };

/** Options of {@linkcode workPool}. */
export interface WorkPoolOptions<Start, Job, Result> {
  /** The jobs; results refer to them by index. */
  jobs: readonly Job[];
  /** Maximum number of workers. */
  workers: number;
  /** Creates a worker. It must answer `start` with `ready`, and each job with one result. */
  open: () => Worker;
  /** Sent to each worker once. */
  start: Start;
  /** Called for each result in order of completion, which differs from run to run. */
  onResult: (index: number, result: Result) => Promise<void> | void;
  /** Called whenever a worker reports that it is still working on a job. */
  onBeat?: (index: number) => void;
  /**
   * A worker that does not respond to a job for this long is replaced by a new one (see `onSilence`). Deno 2.9.6 cannot
   * interrupt a busy loop from outside, so the old worker ends only when it yields to the event loop. A worker that
   * never yields occupies a core until the process ends (the command line calls `Deno.exit`). Reading films, where
   * endless loops are possible, has its own time limit (`timeGuard`).
   * @default {120000}
   */
  silenceMs?: number;
  /**
   * Returns the remaining work of a job whose worker did not respond. Without this function, such a worker is an
   * error. A worker that does not respond while starting is always an error.
   */
  onSilence?: (index: number, job: Job) => Job;
  /** Aborts the work: all workers are terminated. */
  signal?: AbortSignal;
}

/**
 * Runs jobs on workers; each worker takes the next job when it is free. The first error stops all of them and is
 * thrown. If jobs are independent, results do not depend on the number of workers.
 */
export async function workPool<Start, Job, Result>(
  options: WorkPoolOptions<Start, Job, Result>,
): Promise<void> {
  const { jobs, workers, signal } = options;
  const queue = jobs.map((job, index) => ({ job, index }));
  const running = Array.from({ length: Math.min(workers, jobs.length) }, () => runWorker(queue, options));
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal?.reason);
  signal?.addEventListener("abort", stop);
  try {
    signal?.throwIfAborted();
    await Promise.race([Promise.all(running.map((each) => each.done)), stopped.promise]);
  } finally {
    signal?.removeEventListener("abort", stop);
    queue.length = 0;
    running.forEach((each) => each.end());
  }
}

/** Runs one worker until the queue is empty, and replaces it if it does not respond. */
function runWorker<Start, Job, Result>(
  queue: { job: Job; index: number }[],
  { open, start, onResult, onBeat, silenceMs = 120_000, onSilence }: WorkPoolOptions<Start, Job, Result>,
): { done: Promise<void>; end: () => void } {
  const finished = Promise.withResolvers<void>();
  finished.promise.catch(() => {}); // the caller may have stopped before it awaits this
  let worker: Worker, timer: ReturnType<typeof setTimeout> | undefined, limitMs = silenceMs;
  let current: { job: Job; index: number } | undefined;

  function end(): void {
    clearTimeout(timer);
    worker.terminate();
  }
  function fail(error: unknown): void {
    end();
    finished.reject(error);
  }
  function restartTimer(): void {
    clearTimeout(timer);
    limitMs = current ? silenceMs : Math.max(silenceMs, START_MS);
    timer = setTimeout(replaceSilent, limitMs);
  }
  function replaceSilent(): void {
    if (!current || !onSilence) {
      return fail(new Error(`A worker did not respond for ${limitMs / 1000} s`));
    }
    worker.terminate();
    queue.unshift({ index: current.index, job: onSilence(current.index, current.job) });
    begin();
  }
  function next(): void {
    current = queue.shift();
    if (!current) {
      end();
      return finished.resolve();
    }
    restartTimer();
    worker.postMessage({ kind: "job", ...current } satisfies ToWorker<Start, Job>);
  }
  function begin(): void {
    current = undefined;
    worker = open();
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.error ?? new Error(event.message));
    };
    worker.onmessage = async ({ data }: MessageEvent<FromWorker<Result>>) => {
      if (data.kind === "error") return fail(unpackError(data.error));
      if (data.kind === "beat") {
        restartTimer();
        return current && onBeat?.(current.index);
      }
      clearTimeout(timer);
      try {
        if (data.kind === "result") await onResult(data.index, data.result);
        next();
      } catch (error) {
        fail(error);
      }
    };
    restartTimer();
    worker.postMessage({ kind: "start", start } satisfies ToWorker<Start, Job>);
  }
  begin();
  return { done: finished.promise, end };
}
