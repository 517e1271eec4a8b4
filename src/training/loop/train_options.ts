import type { Device } from "../../types.ts";
import type { TrainedNetwork } from "../graph/export_network.ts";
import type { HistoryRow } from "./checkpoint.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import type { CarriedError } from "../../workers/carried_error.ts";
import type { Buffers } from "./recipe.ts";

/** What `trainLoop` does. */
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
  /** Settings of the optimiser. */
  optimiser?: Partial<OptimiserSettings>;
  /** Where and how often (in steps) to keep the run on disk. @default {never} */
  checkpoint?: { path: string; every: number };
  /** Trained arrays to start from instead of from chance; every array of the network must be among them. */
  initial?: TrainedNetwork;
  /** Go on from the checkpoint, if there is one. @default {false} */
  resume?: boolean;
  /** How often (in steps) to validate, and after how many validations without a better score to stop. @default {never} */
  validation?: { every: number; patience?: number };
  /** Device of the training step; `auto` tries CUDA, WebGPU and CPU. @default {"cpu"} */
  device?: "auto" | Device;
  /** Number of CPU threads. @default {navigator.hardwareConcurrency} */
  threads?: number;
  /** Stops after the step under way, with a checkpoint. */
  signal?: AbortSignal;
  /** Called a few times a second, never more than once a step. */
  onProgress?: (progress: Progress) => void;
}

/** Where a run stands. */
export interface Progress {
  /** Steps done so far. */
  readonly step: number;
  /** Total number of steps. */
  readonly steps: number;
  /** Mean loss of the last steps. */
  readonly loss: number;
  /** Steps per second. */
  readonly rate: number;
  /** Estimated remaining time in seconds. */
  readonly secondsLeft: number;
  /** Means of the recipe's metrics and of `gradientNorm`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Latest validation, if any. */
  readonly validation: HistoryRow | null;
  /** Device that runs the training step. */
  readonly device: Device;
}

/** How a run ended and what it yields. */
export interface TrainResult {
  /** Why training ended. */
  readonly reason: "finished" | "early-stop" | "aborted";
  /** Number of steps taken. */
  readonly step: number;
  /** Mean loss of the last steps. */
  readonly loss: number;
  /** Step and score of the best validation, or null. */
  readonly best: { readonly step: number; readonly score: number } | null;
  /** All validations, in order. */
  readonly history: readonly HistoryRow[];
  /** What to deploy: the best validated weights, else the last; averaged where the optimiser averages. */
  readonly network: TrainedNetwork;
  /** Device that ran the training step. */
  readonly device: Device;
  /** Why this device was chosen. */
  readonly deviceReason: string;
}

/** {@linkcode TrainOptions} as they travel, with every default filled in. */
export interface WorkerRequest extends Omit<TrainOptions, "signal" | "onProgress" | "optimiser"> {
  readonly buffers: Buffers;
  readonly optimiser: OptimiserSettings;
  readonly device: NonNullable<TrainOptions["device"]>;
  readonly threads: number;
  /** [0] is 1 once the run shall stop. */
  readonly control: Int32Array;
}

/** What comes back. */
export type WorkerReply =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "done"; readonly result: TrainResult }
  | { readonly kind: "error"; readonly error: CarriedError };
