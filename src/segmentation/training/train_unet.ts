import { exportNetwork } from "../../training/graph/export_network.ts";
import { importNetwork } from "../../training/graph/import_network.ts";
import { trainLoop } from "../../training/loop/train_loop.ts";
import type { TrainOptions, TrainResult } from "../../training/loop/train_options.ts";
import type { FilmPool } from "./film_pool.ts";
import { unetMaps } from "./unet.ts";
import type { UnetSettings } from "./unet_recipe.ts";

/** How long and how hard the U-Net is trained. */
export interface TrainUnetOptions {
  /** Batches in all. */
  steps: number;
  /** Seed of weights and batches. */
  seed: number;
  /** Films of the pool kept for validation, its last ones. @default {a twentieth} */
  validationFilms?: number;
  /** Side of a window, a multiple of 32. @default {192} */
  inputPx?: number;
  /**
   * Side of windows round a head, radii. Wider than the second pass looks: with half of its windows cut to what it sees, the network found
   * heads on films upside down. @default {6}
   */
  windowRadii?: number;
  /** Examples a step. @default {16} */
  batch?: number;
  /** The pool's first `count` films make up this share of all windows. @default every film alike */
  favoured?: UnetSettings["favoured"];
  /** Where to keep the run. @default {nowhere} */
  checkpoint?: string;
  /** Continue from the last checkpoint. */
  resume?: boolean;
  /** Steps between two checkpoints. @default {500} */
  checkpointEvery?: number;
  /** Steps between two validations, and validations without a better score after which to stop. @default four a training or every 500, never */
  validation?: { every: number; patience?: number };
  /** An `unet.onnx` to start from instead of from chance, at a third of the learning rate. */
  initial?: Uint8Array;
  /** The device. */
  device?: TrainOptions["device"];
  /** Number of CPU threads. */
  threads?: number;
  /** Aborts the work. */
  signal?: AbortSignal;
  /** Called with the number of finished steps and the total. */
  onProgress?: TrainOptions["onProgress"];
}

/** The trained network as ONNX bytes, and how training went. */
export interface TrainedUnet {
  /** The model. */
  readonly model: Uint8Array<ArrayBuffer>;
  /** How the training went. */
  readonly result: TrainResult;
  /** The settings. */
  readonly settings: UnetSettings;
}

/**
 * Trains the segmentation network on a pool of films. AdamW, warm-up and cosine, averaged weights; the validated score
 * is one minus the mean Dice at network resolution on films that were never trained on.
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
    checkpoint: checkpoint ? { path: checkpoint, every: rest.checkpointEvery ?? 500 } : undefined,
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
    axisNames: ["n", undefined, "height", "width"], // the two passes look at pictures of different sizes
  });
  return { model, result, settings };
}
