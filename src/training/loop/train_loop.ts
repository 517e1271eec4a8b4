import type { Device } from "../../types.ts";
import type { HistoryRow } from "./checkpoint.ts";
import type { TrainedNetwork } from "../graph/export_network.ts";
import { OPTIMISER, type OptimiserSettings } from "./optimiser.ts";
import { revivedError } from "./plain_error.ts";
import type { Buffers } from "./recipe.ts";
import type { WorkerReply, WorkerRequest } from "./train_worker.ts";

/** What {@linkcode trainLoop} does. */
export interface TrainOptions {
  /** Address of the recipe's module: `import.meta.resolve("./unet_recipe.ts")`. It exports `recipe`. */
  recipe: string;
  /** Plain JSON handed to the recipe. */
  settings: unknown;
  /** Data for the recipe; SharedArrayBuffers are shared, anything else is copied once. @default {{}} */
  buffers?: Buffers;
  /** Steps to do in all, resumed ones included. */
  steps: number;
  /** Seed of the first weights and of every batch. */
  seed: number;
  optimiser?: Partial<OptimiserSettings>;
  /** Where and how often (in steps) to keep the run on disk. @default {never} */
  checkpoint?: { path: string; every: number };
  /** Trained arrays to start from instead of from chance; every array of the network must be among them. */
  initial?: TrainedNetwork;
  /** Go on from the checkpoint, if there is one. @default {false} */
  resume?: boolean;
  /** How often (in steps) to validate, and after how many validations without a better score to stop. @default {never} */
  validation?: { every: number; patience?: number };
  /** @default {"cpu"} */
  device?: "auto" | Device;
  /** @default {navigator.hardwareConcurrency} */
  threads?: number;
  /** Stops after the step under way, with a checkpoint. */
  signal?: AbortSignal;
  /** Called a few times a second, never more than once a step. */
  onProgress?: (progress: Progress) => void;
}

/** Where a run stands. */
export interface Progress {
  readonly step: number;
  readonly steps: number;
  /** Mean over the last steps. */
  readonly loss: number;
  /** Steps a second. */
  readonly rate: number;
  readonly secondsLeft: number;
  /** Means of the recipe's metrics and of `gradientNorm`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Latest validation, if any. */
  readonly validation: HistoryRow | null;
  readonly device: Device;
}

/** How a run ended and what it yields. */
export interface TrainResult {
  readonly reason: "finished" | "early-stop" | "aborted";
  readonly step: number;
  /** Mean loss of the last steps. */
  readonly loss: number;
  readonly best: { readonly step: number; readonly score: number } | null;
  readonly history: readonly HistoryRow[];
  /** What to deploy: the best validated weights, else the last; averaged where the optimiser averages. */
  readonly network: TrainedNetwork;
  readonly device: Device;
  readonly deviceReason: string;
}

/**
 * Trains in a Worker, so that this thread stays free, and resolves with the network to deploy.
 *
 * With the same options a run gives the same bits, whether or not it was interrupted and resumed in between.
 *
 * @throws {TrainingDivergedError} if loss or gradient stop being finite, or the loss explodes.
 * @throws {DeviceError} if the device asked for cannot train.
 */
export async function trainLoop(options: TrainOptions): Promise<TrainResult> {
  requireOptions(options);
  const { signal, onProgress, optimiser, buffers = {}, device = "cpu", threads, ...rest } = options;
  const control = new Int32Array(new SharedArrayBuffer(4)); // [0] becomes 1 to stop
  const worker = new Worker(new URL("./train_worker.ts", import.meta.url), { type: "module" });
  const stop = () => Atomics.store(control, 0, 1);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  try {
    return await new Promise<TrainResult>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
        if (data.kind === "progress") onProgress?.(data.progress);
        else if (data.kind === "done") resolve(data.result);
        else reject(revivedError(data.error));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`Cannot train: ${event.message}`, { cause: event.error }));
      };
      const request: WorkerRequest = {
        ...rest,
        buffers,
        control,
        device,
        optimiser: { ...OPTIMISER, ...optimiser },
        threads: threads ?? navigator.hardwareConcurrency,
      };
      worker.postMessage(request);
    });
  } finally {
    signal?.removeEventListener("abort", stop);
    worker.terminate();
  }
}

function requireOptions({ steps, checkpoint, validation, resume }: TrainOptions): void {
  const whole = (name: string, value: number) => {
    if (Number.isInteger(value) && value >= 1) return;
    throw new RangeError(`Cannot train: ${name} is a whole number from 1, got ${value}`);
  };
  whole("steps", steps);
  if (checkpoint) whole("checkpoint.every", checkpoint.every);
  if (validation) whole("validation.every", validation.every);
  if (resume && !checkpoint) throw new TypeError("Cannot resume: resume needs checkpoint.path, got none");
}
