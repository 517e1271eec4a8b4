import { Worker } from "node:worker_threads";
import type { DecodeAnswer, JobOptions, ReadFilm } from "./decode_job.ts";
import type { InspectFailure, InspectRecord } from "./inspect_stored.ts";
import { limits } from "./guard/limits.ts";
import { RadiographError } from "./guard/radiograph_error.ts";
import { readFileBytes } from "./guard/read_file_bytes.ts";
import type { ParseOptions } from "./parse_radiograph.ts";
import { longestLimits, timeLimitOf, tooSlow } from "./guard/time_guard.ts";
import type { FrameOptions } from "./values/to_radiograph.ts";

/** Options of {@linkcode FilmReader}. */
export interface FilmReaderOptions {
  /** Number of workers. Each decodes one film at a time. @default {1} */
  workers?: number;
  /**
   * Processor time allowed per film, ms, independent of the machine's load; see {@linkcode timeGuard}.
   * @default 4 s, plus 2 s per million bytes of its file and 0.2 s per million pixels
   */
  timeLimitMs?: number;
}

/**
 * Extra time after the longest time that the guard of a worker can take, with all its attempts. A worker that has still
 * not answered is assumed dead.
 */
const graceMs = 15_000;

/**
 * Shared memory is reused for the worker's next film up to this size in bytes, which most uncompressed films do not
 * exceed.
 */
const keptBytes = 2 ** 25;

/** One worker and its state. */
interface WorkerState {
  worker: Worker;
  ready: Promise<void>;
  /** Receives the answer to the current job; null if there is none. */
  onAnswer: ((answer: DecodeAnswer | RadiographError) => void) | null;
  /** Memory that held the file of its last film, to be reused; null if there is none. */
  shared: SharedArrayBuffer | null;
}

/**
 * Reads films in workers. A decoder that hangs is stopped at the time limit, a decoder that crashes affects only its
 * own film, and several cores are used. Waiting calls are served in order. Idle workers do not keep the process alive.
 * The time limit is enforced inside the worker, which then continues with the next film; a worker that does not
 * answer at all is replaced.
 */
export class FilmReader {
  readonly #timeLimitMs: number | undefined;
  readonly #idle: WorkerState[] = [];
  readonly #waiting: ((state: WorkerState) => void)[] = [];
  /** How many more workers may be started. */
  #unused: number;
  /** Number of the next job. */
  #next = 0;
  #closed = false;

  /**
   * Creates the reader. Workers are started when they are first needed.
   *
   * @throws {RangeError} if `workers` is not a whole number from 1, or `timeLimitMs` is not positive.
   */
  constructor({ workers = 1, timeLimitMs }: FilmReaderOptions = {}) {
    if (!Number.isInteger(workers) || workers < 1 || !((timeLimitMs ?? 1) > 0)) {
      throw new RangeError(
        `Cannot open a reader: workers must be a whole number from 1 and timeLimitMs must be positive, got ${workers}, ${timeLimitMs}`,
      );
    }
    this.#unused = workers;
    this.#timeLimitMs = timeLimitMs;
  }

  /**
   * Reads a film and the technical facts in its header.
   *
   * @throws {RadiographError} with the file, the violated rule and a suggested fix.
   * @throws {TypeError} if the reader is closed.
   */
  async read(path: string, { frame }: FrameOptions = {}): Promise<ReadFilm> {
    return await this.readBytes(await readFileBytes(path), { name: path, frame });
  }

  /** Like `read`, for bytes already in memory. */
  async readBytes(
    bytes: Uint8Array,
    { name = "the file", frame }: ParseOptions = {},
  ): Promise<ReadFilm> {
    const answer = await this.#run({ kind: "radiograph", file: name, frame }, bytes);
    if ("film" in answer) return answer.film;
    throw failure(answer, name);
  }

  /** The record that `caput inspect` prints. If the file cannot be read, the error is returned as data. */
  async inspect(path: string): Promise<InspectRecord | InspectFailure> {
    try {
      return await this.inspectBytes(await readFileBytes(path), { name: path });
    } catch (error) {
      return asFailure(error, path);
    }
  }

  /** Like `inspect`, for bytes already in memory. */
  async inspectBytes(
    bytes: Uint8Array,
    { name = "the file" }: { name?: string } = {},
  ): Promise<InspectRecord | InspectFailure> {
    try {
      const answer = await this.#run({ kind: "inspect", file: name }, bytes);
      if ("record" in answer) return answer.record;
      throw failure(answer, name);
    } catch (error) {
      return asFailure(error, name);
    }
  }

  /**
   * Stops the workers. Reads in progress, and those waiting for a worker, are still finished, but `close` does not wait
   * for them. Later calls throw a TypeError.
   */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#idle.splice(0).map(({ worker }) => worker.terminate()));
  }

  async #run(job: Omit<JobOptions, "timeLimitMs">, bytes: Uint8Array): Promise<DecodeAnswer> {
    const state = await this.#take(), timeLimitMs = this.#timeLimitMs;
    const longestMs = timeLimitMs ?? timeLimitOf(bytes.length) + limits.pixels * limits.msPerPixel;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      state.worker.ref();
      await state.ready;
      const answer = await new Promise<DecodeAnswer | RadiographError>((resolve) => {
        state.onAnswer = resolve;
        timer = setTimeout(() => resolve(tooSlow(longestMs)), graceMs + longestLimits * longestMs);
        state.worker.postMessage({ ...job, timeLimitMs, id: this.#next++, ...toShared(bytes, state) });
      });
      if (answer instanceof RadiographError) throw answer.named(job.file);
      state.onAnswer = null;
      state.worker.unref();
      await this.#give(state);
      return answer;
    } catch (error) {
      await state.worker.terminate();
      this.#replace();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** An idle worker, a new one if the limit allows, otherwise the next one that becomes free. */
  #take(): Promise<WorkerState> {
    if (this.#closed) throw new TypeError("Cannot read a film: the reader is closed");
    const idle = this.#idle.pop();
    if (idle) return Promise.resolve(idle);
    if (this.#unused > 0) {
      this.#unused--;
      return Promise.resolve(open());
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async #give(state: WorkerState): Promise<void> {
    if (this.#waiting.length > 0) this.#waiting.shift()!(state);
    else if (this.#closed) await state.worker.terminate();
    else this.#idle.push(state);
  }

  /** After a worker was stopped, starts a new one for the next call in the queue. */
  #replace(): void {
    if (this.#waiting.length > 0) this.#waiting.shift()!(open());
    else this.#unused++;
  }
}

/**
 * Starts a worker of `node:worker_threads`, because such a worker can be set not to keep the process alive. Files and
 * pixels are passed in shared memory; sending them in messages would take seconds.
 */
function open(): WorkerState {
  const worker = new Worker(new URL("./decode_worker.ts", import.meta.url));
  const state: WorkerState = { worker, ready: Promise.resolve(), onAnswer: null, shared: null };
  state.ready = new Promise((resolve, reject) => {
    worker.on("message", (answer: DecodeAnswer | "ready") => {
      if (answer === "ready") resolve();
      else state.onAnswer?.(answer);
    });
    const died = (cause: unknown) => {
      const error = new RadiographError("Cannot decode the pixels: the decoder crashed", {
        code: "memory-limit",
        fix: "Copy or export the file again; decoding it probably took more memory than a film should need.",
        cause,
      });
      reject(error);
      state.onAnswer?.(error);
    };
    worker.on("error", died);
    worker.on("exit", died);
  });
  state.ready.catch(() => {});
  return state;
}

/**
 * Copies a file to memory shared with its worker. The memory is kept for the next file, because allocating it costs
 * more than the copy.
 */
function toShared(bytes: Uint8Array, state: WorkerState): { bytes: SharedArrayBuffer; byteLength: number } {
  const byteLength = bytes.length;
  if (byteLength > keptBytes) state.shared = null;
  const shared = state.shared && state.shared.byteLength >= byteLength
    ? state.shared
    : new SharedArrayBuffer(byteLength);
  if (byteLength <= keptBytes) state.shared = shared;
  new Uint8Array(shared).set(bytes);
  return { bytes: shared, byteLength };
}

function asFailure(error: unknown, file: string): InspectFailure {
  if (!(error instanceof RadiographError)) throw error;
  const { code, message, fix } = error;
  return { file, error: { code, message, fix } };
}

function failure(answer: DecodeAnswer, file: string): RadiographError {
  const { code, message, fix } = "error" in answer ? answer.error : {
    code: "corrupt" as const,
    message: "Cannot read the file: the reader gave no answer",
    fix: "Try again.",
  };
  return new RadiographError(message, { code, fix, file });
}
