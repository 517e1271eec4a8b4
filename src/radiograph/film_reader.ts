import type { DecodeAnswer, DecodeJob, ReadFilm } from "./decode_job.ts";
import type { InspectFailure, InspectRecord } from "./inspect_stored.ts";
import { RadiographError } from "./radiograph_error.ts";
import { readFileBytes } from "./read_file_bytes.ts";
import type { ParseOptions } from "./parse_radiograph.ts";
import type { FrameOptions } from "./to_radiograph.ts";

/** How a {@linkcode FilmReader} works. */
export interface FilmReaderOptions {
  /** Workers, each decoding one film at a time. @default {1} */
  workers?: number;
  /**
   * Time a film may take, plus two seconds for every million bytes of its file. Far above need (a film takes about
   * 0.2 s), so that a busy machine refuses nothing. @default {15000}
   */
  timeLimitMs?: number;
  /** Idle time after which a worker is stopped, so that it keeps no process alive. @default {300} */
  idleMs?: number;
}

/** One worker and what it is doing. */
interface Seat {
  worker: Worker;
  ready: Promise<void>;
  settle: ((answer: DecodeAnswer | RadiographError) => void) | null;
  /** Runs while the worker is idle. */
  idleTimer?: ReturnType<typeof setTimeout>;
}

/**
 * Reads films in workers: a decoder that hangs is stopped at the time limit, one that dies takes no more than its
 * film with it, and several cores are used. Waiting calls are served in order; idle workers go after a moment.
 */
export class FilmReader {
  readonly #timeLimitMs: number;
  readonly #idleMs: number;
  readonly #idle: Seat[] = [];
  readonly #waiting: ((seat: Seat) => void)[] = [];
  #unused: number;
  #next = 0;
  #closed = false;

  constructor({ workers = 1, timeLimitMs = 15000, idleMs = 300 }: FilmReaderOptions = {}) {
    if (!Number.isInteger(workers) || workers < 1 || !(timeLimitMs > 0)) {
      throw new RangeError(
        `Cannot open a reader: workers and timeLimitMs are positive, got ${workers}, ${timeLimitMs}`,
      );
    }
    this.#unused = workers;
    this.#timeLimitMs = timeLimitMs;
    this.#idleMs = idleMs;
  }

  /**
   * Reads a film and what its header says of it.
   *
   * @throws {RadiographError} naming the file, the rule and what helps.
   */
  async read(path: string, { frame }: FrameOptions = {}): Promise<ReadFilm> {
    return await this.readBytes(await readFileBytes(path), { name: path, frame });
  }

  /** Like `read`, of bytes at hand; their buffer is handed to the worker and empty afterwards. */
  async readBytes(
    bytes: Uint8Array<ArrayBuffer>,
    { name = "the file", frame }: ParseOptions = {},
  ): Promise<ReadFilm> {
    const answer = await this.#run({ kind: "radiograph", bytes, file: name, frame });
    if ("film" in answer) return answer.film;
    throw failure(answer, name);
  }

  /** The record of `caput inspect`; a file that cannot be read gives its error as data. */
  async inspect(path: string): Promise<InspectRecord | InspectFailure> {
    try {
      return await this.inspectBytes(await readFileBytes(path), { name: path });
    } catch (error) {
      return asFailure(error, path);
    }
  }

  /** Like `inspect`, of bytes at hand; their buffer is handed to the worker and empty afterwards. */
  async inspectBytes(
    bytes: Uint8Array<ArrayBuffer>,
    { name = "the file" }: { name?: string } = {},
  ): Promise<InspectRecord | InspectFailure> {
    try {
      const answer = await this.#run({ kind: "inspect", bytes, file: name });
      if ("record" in answer) return answer.record;
      throw failure(answer, name);
    } catch (error) {
      return asFailure(error, name);
    }
  }

  /** Stops the workers; films under way still end. */
  close(): Promise<void> {
    this.#closed = true;
    for (const seat of this.#idle.splice(0)) stop(seat);
    return Promise.resolve();
  }

  async #run(job: Omit<DecodeJob, "id">): Promise<DecodeAnswer> {
    const seat = await this.#take(), limit = this.#timeLimitMs + job.bytes.length / 500;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await seat.ready;
      const answer = await new Promise<DecodeAnswer | RadiographError>((settle) => {
        seat.settle = settle;
        timer = setTimeout(() => settle(tooSlow(limit)), limit);
        seat.worker.postMessage({ ...job, id: this.#next++ }, [job.bytes.buffer]);
      });
      if (answer instanceof RadiographError) throw answer.named(job.file);
      seat.settle = null;
      this.#give(seat);
      return answer;
    } catch (error) {
      stop(seat);
      this.#replace();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** An idle worker, a new one while there may be more, or a place in the queue. */
  #take(): Promise<Seat> {
    if (this.#closed) throw new TypeError("Cannot read a film: the reader is closed");
    const idle = this.#idle.pop();
    if (idle) {
      clearTimeout(idle.idleTimer);
      return Promise.resolve(idle);
    }
    if (this.#unused > 0) {
      this.#unused--;
      return Promise.resolve(open());
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(seat: Seat): void {
    if (this.#waiting.length > 0) return this.#waiting.shift()!(seat);
    if (this.#closed) return stop(seat);
    this.#idle.push(seat);
    seat.idleTimer = setTimeout(() => {
      this.#idle.splice(this.#idle.indexOf(seat), 1);
      this.#unused++;
      stop(seat);
    }, this.#idleMs);
  }

  /** A worker was stopped: the next in the queue gets a new one. */
  #replace(): void {
    if (this.#waiting.length > 0) this.#waiting.shift()!(open());
    else this.#unused++;
  }
}

/** Starts a worker. (Deno's own kind: messages through `node:worker_threads` cost seconds a film, measured in 2.9.6.) */
function open(): Seat {
  const worker = new Worker(new URL("./decode_worker.ts", import.meta.url), { type: "module" });
  const seat: Seat = { worker, ready: Promise.resolve(), settle: null };
  seat.ready = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<DecodeAnswer | "ready">) => {
      if (data === "ready") resolve();
      else seat.settle?.(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const error = new RadiographError("Cannot decode the pixels: the decoder died", {
        code: "memory-limit",
        fix: "Copy or export the file again; it asks for more memory than a film needs.",
        cause: event.message,
      });
      reject(error);
      seat.settle?.(error);
    };
  });
  seat.ready.catch(() => {});
  return seat;
}

function stop({ worker, idleTimer }: Seat): void {
  clearTimeout(idleTimer);
  worker.terminate();
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

function tooSlow(limitMs: number): RadiographError {
  return new RadiographError(
    `Cannot decode the pixels: at most ${Math.round(limitMs)} ms are allowed, it took longer`,
    {
      code: "time-limit",
      fix: "Copy or export the file again; allow more time if the film is truly large.",
    },
  );
}
