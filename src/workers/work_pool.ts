import { type CarriedError, unpackError } from "./carried_error.ts";

/** Loading code and networks takes its time on a busy machine. */
const START_MS = 120_000;

/** What the pool and its workers say to one another. */
export type ToWorker<Start, Job> = { kind: "start"; start: Start } | { kind: "job"; index: number; job: Job };
export type FromWorker<Result> =
  | { kind: "ready" }
  | { kind: "beat" } // still alive: restarts the time limit
  | { kind: "result"; index: number; result: Result }
  | { kind: "error"; error: CarriedError };

/** How a list of jobs is spread over workers. */
export interface WorkPoolOptions<Start, Job, Result> {
  jobs: readonly Job[];
  /** How many workers at most. */
  workers: number;
  /** Makes one worker; it answers `start` with `ready`, and each job with one result. */
  open: () => Worker;
  /** Handed to each worker once. */
  start: Start;
  /** Called in the order jobs end, which differs from run to run. */
  onResult: (index: number, result: Result) => Promise<void> | void;
  onBeat?: (index: number) => void;
  /**
   * A worker silent for so long is given up and its place taken by a new one. It ends once it comes to itself: Deno stops no
   * busy loop from outside (2.9.6), so one that never does burns a core until the process ends, which the command line
   * does by `Deno.exit`. Reading films, where endless loops could come from, keeps a limit of its own (`timeGuard`).
   * @default {120000}
   */
  silenceMs?: number;
  /** What remains of a job whose worker fell silent; without it that is an error. */
  onSilence?: (index: number, job: Job) => Job;
  signal?: AbortSignal;
}

/**
 * Runs jobs on workers, each taking the next as it gets free. The first error ends them all. Results do not depend on the
 * number of workers, so long as each job stands for itself.
 */
export async function workPool<Start, Job, Result>(
  options: WorkPoolOptions<Start, Job, Result>,
): Promise<void> {
  const { jobs, workers, signal } = options;
  const queue = jobs.map((job, index) => ({ job, index }));
  const running = Array.from({ length: Math.min(workers, jobs.length) }, () => drain(queue, options));
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

/** One worker's life, or several one after another where one falls silent. */
function drain<Start, Job, Result>(
  queue: { job: Job; index: number }[],
  { open, start, onResult, onBeat, silenceMs = 120_000, onSilence }: WorkPoolOptions<Start, Job, Result>,
): { done: Promise<void>; end: () => void } {
  const finished = Promise.withResolvers<void>();
  finished.promise.catch(() => {}); // the caller may have been stopped before it looks
  let worker: Worker, timer: ReturnType<typeof setTimeout> | undefined;
  let current: { job: Job; index: number } | undefined;

  function end(): void {
    clearTimeout(timer);
    worker.terminate();
  }
  function fail(error: unknown): void {
    end();
    finished.reject(error);
  }
  function listen(): void {
    clearTimeout(timer);
    timer = setTimeout(silent, current ? silenceMs : Math.max(silenceMs, START_MS));
  }
  function silent(): void {
    if (!current || !onSilence) {
      return fail(new Error(`A worker did not respond for ${silenceMs / 1000} s`));
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
    listen();
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
        listen();
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
    listen();
    worker.postMessage({ kind: "start", start } satisfies ToWorker<Start, Job>);
  }
  begin();
  return { done: finished.promise, end };
}
