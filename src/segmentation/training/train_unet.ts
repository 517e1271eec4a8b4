import { exportNetwork } from "../../training/graph/export_network.ts";
import { importNetwork } from "../../training/graph/import_network.ts";
import type { TrainingOptions } from "../../training/loop/checkpoint.ts";
import { trainLoop } from "../../training/loop/train_loop.ts";
import type { TrainOptions, TrainResult } from "../../training/loop/train_options.ts";
import type { FilmPool } from "./film_pool.ts";
import { unetMaps } from "./unet.ts";
import type { UnetSettings } from "./unet_recipe.ts";

/** Options of {@linkcode trainUnet}. */
export interface TrainUnetOptions {
  /** Total number of batches. */
  steps: number;
  /** Seed of initial weights and batches. */
  seed: number;
  /** Number of films at the end of the pool that are used for validation only. @default {a twentieth, at least 1} */
  validationFilms?: number;
  /** Side of a window in pixels, a multiple of 32. @default {192} */
  inputPx?: number;
  /**
   * Typical side of windows around a hip, in radii of its head. In training it is larger than in the second
   * pass of a detection: when half of the training windows were as small as that, the network found heads on films that
   * were upside down. @default {6}
   */
  windowRadii?: number;
  /** Examples per step. @default {16} */
  batch?: number;
  /** The pool's first `count` films provide `share` of all training windows. @default all films equally often */
  favoured?: UnetSettings["favoured"];
  /** Checkpoint file of the training run. @default {none} */
  checkpoint?: string;
  /** The user's options, stored in the checkpoint. @default none */
  checkpointOptions?: TrainingOptions;
  /** Whether to continue from the last state in `checkpoint`. @default {false} */
  resume?: boolean;
  /** Steps between two checkpoints. @default {500} */
  checkpointEvery?: number;
  /**
   * Steps between two validations, and the number of validations without improvement after which training stops.
   * @default a quarter of the steps, at most 500; training never stops early
   */
  validation?: { every: number; patience?: number };
  /** An `unet.onnx` to start from instead of random weights, at a third of the learning rate. */
  initial?: Uint8Array;
  /** Device that trains. */
  device?: TrainOptions["device"];
  /** Number of CPU threads. */
  threads?: number;
  /** If aborted, training stops and returns the best weights so far. */
  signal?: AbortSignal;
  /** Called a few times a second with the progress. */
  onProgress?: TrainOptions["onProgress"];
}

/** Result of {@linkcode trainUnet}. */
export interface TrainedUnet {
  /** The network as ONNX bytes. */
  readonly model: Uint8Array<ArrayBuffer>;
  /** Losses and validation scores during training. */
  readonly result: TrainResult;
  /** Settings that were used. */
  readonly settings: UnetSettings;
}

/**
 * Trains the segmentation network on a pool of films, with AdamW, warm-up and cosine decay, and averaged weights. The
 * validation score is one minus the mean Dice at network resolution on windows of films that are not used for training.
 *
 * @throws the errors of `trainLoop`, and of `importNetwork` for `initial`
 */
export async function trainUnet(pool: FilmPool, options: TrainUnetOptions): Promise<TrainedUnet> {
  const { steps, seed, inputPx = 192, windowRadii = 6, batch = 16, checkpoint, ...rest } = options;
  const validationFilms = options.validationFilms ?? Math.max(1, Math.round(pool.count / 20));
  const { count, sizePx, ...buffers } = pool;
  const settings: UnetSettings = {
    ...{ inputPx, windowRadii, batch, validationFilms, seed, favoured: options.favoured },
    pool: { count, sizePx },
  };
  const initial = rest.initial && importNetwork(rest.initial);
  const result = await trainLoop({
    recipe: import.meta.resolve("./unet_recipe.ts"),
    settings,
    buffers,
    steps,
    seed,
    initial,
    optimiser: {
      rate: initial ? 1e-3 : 3e-3,
      warmup: Math.min(200, steps >> 3),
      weightDecay: 0.02,
      clip: 1,
      average: 0.998,
    },
    checkpoint: checkpoint
      ? { path: checkpoint, every: rest.checkpointEvery ?? 500, options: rest.checkpointOptions }
      : undefined,
    validation: rest.validation ?? { every: Math.max(1, Math.min(500, steps >> 2)) },
    resume: rest.resume,
    device: rest.device,
    threads: rest.threads,
    signal: rest.signal,
    onProgress: rest.onProgress,
  });
  const model = exportNetwork(unetMaps, result.network, {
    shape: [2, inputPx, inputPx],
    input: "film",
    output: "maps",
    axisNames: ["n", undefined, "height", "width"], // the two passes use images of different sizes
  });
  return { model, result, settings };
}
