import type { Device } from "../../types.ts";
import type { TrainedNetwork } from "../graph/export_network.ts";
import type { HistoryRow, TrainingOptions } from "./checkpoint.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import type { CarriedError } from "../../workers/carried_error.ts";
import type { Buffers } from "./recipe.ts";

/** Options of `trainLoop`. */
export interface TrainOptions {
  /** URL of the recipe's module, such as `import.meta.resolve("./unet_recipe.ts")`. It must export `recipe`. */
  recipe: string;
  /** Plain JSON passed to the recipe. */
  settings: unknown;
  /** Data for the recipe. SharedArrayBuffers are shared; other buffers are copied once. @default {{}} */
  buffers?: Buffers;
  /** Total number of steps, including those before a resume. */
  steps: number;
  /** Seed of the initial weights and of every batch. */
  seed: number;
  /** Settings of the optimiser. @default {`OPTIMISER`} */
  optimiser?: Partial<OptimiserSettings>;
  /**
   * Path of the checkpoint, the number of steps between two writes, and the user's options, which are stored in it.
   * @default {never}
   */
  checkpoint?: { path: string; every: number; options?: TrainingOptions };
  /** Trained arrays to start from instead of random values. They must include every array of the network. */
  initial?: TrainedNetwork;
  /** Continue from the checkpoint, if there is one. @default {false} */
  resume?: boolean;
  /**
   * Number of steps between validations, and the number of validations without improvement after which to stop.
   * @default {never}
   */
  validation?: { every: number; patience?: number };
  /** Device of the training step; `auto` uses CUDA or WebGPU if faster than the CPU. @default {"cpu"} */
  device?: "auto" | Device;
  /** Number of CPU threads. @default {navigator.hardwareConcurrency} */
  threads?: number;
  /** If aborted, training stops after the steps that are running and writes a checkpoint (if `checkpoint` is given). */
  signal?: AbortSignal;
  /** Called at most four times a second, and at the end. */
  onProgress?: (progress: Progress) => void;
}

/** Progress of a run. */
export interface Progress {
  /** Steps done so far. */
  readonly step: number;
  /** Total number of steps. */
  readonly steps: number;
  /** Mean loss of the last 50 steps. */
  readonly loss: number;
  /** Steps per second, since the start or the resume. */
  readonly rate: number;
  /** Estimated remaining time in seconds. */
  readonly secondsLeft: number;
  /** Means of the recipe's metrics and of `gradientNorm` (before clipping) over the last 50 steps. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Latest validation, if any. */
  readonly validation: HistoryRow | null;
  /** Device that runs the training step. */
  readonly device: Device;
}

/** Result of a run. */
export interface TrainResult {
  /** Why training ended. */
  readonly reason: "finished" | "early-stop" | "aborted";
  /** Number of steps done, including those before a resume. */
  readonly step: number;
  /** Mean loss of the last 50 steps. */
  readonly loss: number;
  /** Step and score of the best validation; null if there was none. */
  readonly best: { readonly step: number; readonly score: number } | null;
  /** All validations, in order. */
  readonly history: readonly HistoryRow[];
  /**
   * Network to deploy: the weights with the best validation score, or the last weights if there was no validation.
   * If the optimiser averages weights, these are the averages.
   */
  readonly network: TrainedNetwork;
  /** Device that ran the training step. */
  readonly device: Device;
  /** Why this device was chosen. */
  readonly deviceReason: string;
}

/** {@linkcode TrainOptions} as sent to the Worker, with defaults filled in. */
export interface WorkerRequest extends Omit<TrainOptions, "signal" | "onProgress" | "optimiser"> {
  readonly buffers: Buffers;
  readonly optimiser: OptimiserSettings;
  readonly device: NonNullable<TrainOptions["device"]>;
  readonly threads: number;
  /** [0] becomes 1 to stop the run. */
  readonly control: Int32Array;
}

/** A message from the Worker. */
export type WorkerReply =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "done"; readonly result: TrainResult }
  | { readonly kind: "error"; readonly error: CarriedError };
