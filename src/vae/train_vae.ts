import { seededPrng } from "../array/seeded_prng.ts";
import { openModel } from "../onnx/open_model.ts";
import type { TrainingOptions } from "../training/loop/checkpoint.ts";
import { trainLoop } from "../training/loop/train_loop.ts";
import type { Progress } from "../training/loop/train_options.ts";
import type { Device, HeadCrop } from "../types.ts";
import type { LatentUnit } from "./active_units.ts";
import { decodeLatents } from "./decode_latents.ts";
import { encodeCrops } from "./encode_crops.ts";
import { importSpread, importVae } from "./import_vae.ts";
import { exportVae, type VaeModels } from "./export_vae.ts";
import { basisOfHeads, cropsOfBasis } from "./basis_of_heads.ts";
import { halfSize } from "./half_size.ts";
import { localContrast } from "./local_contrast.ts";
import { type ResidualScale, residualScale } from "./residual_scale.ts";
import { type VaeSettings, vaeSettings } from "./vae_settings.ts";
import { wholeCode } from "./whole_code.ts";

/** Crops of healthy heads for training and validation. */
export interface VaeCrops {
  /** Training heads. */
  readonly train: readonly HeadCrop[];
  /** Validation heads. @default a random tenth of `train` (at least 8) */
  readonly validation?: readonly HeadCrop[];
}

/** Options of {@linkcode trainVae}. */
export interface TrainVaeOptions {
  /** Settings that replace those chosen for the number of crops. @default {{}} */
  settings?: Partial<VaeSettings>;
  /** Random seed. @default {1} */
  seed?: number;
  /**
   * Trained network to start from, and its shape. Training then stops early when the validation loss no longer
   * improves. @default random weights
   */
  from?: VaeModels & Pick<VaeSettings, "latentSize" | "channels">;
  /** Device of the training step; `auto` tries CUDA, WebGPU and CPU. @default {"cpu"} */
  device?: "auto" | Device;
  /** Number of CPU threads. @default {navigator.hardwareConcurrency} */
  threads?: number;
  /** File for the state of an unfinished training run, so that it can be resumed. @default none */
  checkpoint?: string;
  /** The user's options, stored in the checkpoint. @default none */
  checkpointOptions?: TrainingOptions;
  /** Resume from the checkpoint if there is one. @default {false} */
  resume?: boolean;
  /** If aborted, training stops and the best weights so far are returned. */
  signal?: AbortSignal;
  /** Called at most four times a second, and at the end, with the progress of the steps. */
  onProgress?: (progress: Progress) => void;
  /**
   * Called after the last step, while the trained network is evaluated (latent coordinates and their activity, residual
   * scale), with the number of crops that were encoded or decoded so far, and the total.
   */
  onMeasure?: (done: number, total: number) => void;
}

/** A trained VAE, its evaluation on the validation heads, and the course of its training. */
export interface TrainedVae extends VaeModels {
  /** Settings that were used. */
  readonly settings: VaeSettings;
  /**
   * Sentences about the chosen and overridden settings, the drawn validation heads and the active latent dimensions.
   */
  readonly notes: readonly string[];
  /** Residual scale from the validation heads. */
  readonly residualScale: ResidualScale;
  /** Why training ended. */
  readonly reason: "finished" | "early-stop" | "aborted";
  /** Number of steps taken. */
  readonly steps: number;
  /** Step and score (mean validation loss) of the best validation; null if there was none. */
  readonly best: { readonly step: number; readonly score: number } | null;
  /** Training loss and validation score during training. */
  readonly history: readonly { readonly step: number; readonly loss: number; readonly score: number }[];
  /**
   * Root mean square reconstruction error of the validation heads from the posterior mean, in local-contrast grey
   * values (0 to 1).
   */
  readonly reconstructionError: number;
  /** Activity of each latent coordinate. */
  readonly units: readonly LatentUnit[];
  /** Number of trainable parameters of encoder and decoder. */
  readonly parameters: number;
  /** Device that was used. */
  readonly device: Device;
  /** Why this device was chosen. */
  readonly deviceReason: string;
}

/**
 * Approximate number of validations per training run, and the number of validations without improvement after which a
 * run that started from a trained network stops.
 */
const VALIDATIONS = 20, PATIENCE = 6;

/**
 * Trains the VAE on healthy heads, uses the weights with the lowest validation loss, and returns encoder, decoder and
 * residual scale. The same crops, settings and seed give the same bytes on the same kind of machine.
 *
 * @throws {RangeError} if there are fewer than 20 training or 8 validation crops, a setting is out of range, or a pixel
 * is not finite.
 * @throws {TypeError} if a crop has another size than the settings.
 * @throws {ModelIntegrityError} if `from` is not a complete model. @throws {DeviceError} if the device cannot be used.
 */
export async function trainVae(crops: VaeCrops, options: TrainVaeOptions = {}): Promise<TrainedVae> {
  const {
    seed = 1,
    from,
    device = "cpu",
    threads,
    checkpoint,
    checkpointOptions,
    resume = false,
    signal,
    onProgress,
    onMeasure,
  } = options;
  const { train, validation, setAside } = divide(crops, seed);
  const shape = from && { sizePx: train[0].sizePx, latentSize: from.latentSize, channels: from.channels };
  const chosen = vaeSettings({ n: train.length, seed, from: shape, overrides: options.settings });
  const { settings } = chosen;
  const every = Math.max(1, Math.floor(settings.steps / VALIDATIONS));
  const result = await trainLoop({
    recipe: import.meta.resolve("./vae_recipe.ts"),
    settings,
    buffers: { train: halfSize(train, settings), validation: halfSize(validation, settings) },
    initial: from && importVae(from),
    steps: settings.steps,
    seed: settings.seed,
    optimiser: {
      rate: settings.learningRate,
      warmup: Math.min(200, Math.floor(settings.steps / 10)),
      finalShare: 0.01,
      weightDecay: settings.weightDecay,
      clip: 5,
    },
    checkpoint: checkpoint === undefined
      ? undefined
      : { path: checkpoint, every, options: checkpointOptions },
    resume,
    validation: { every, ...(from ? { patience: PATIENCE } : {}) },
    device,
    threads,
    signal,
    onProgress,
  });
  const plain = exportVae(result.network, settings);
  const total = cropsOfBasis(train.length) + 2 * validation.length;
  let measured = 0;
  const onCrops = (count: number) => onMeasure?.(measured += count, total);
  onCrops(0);
  const { basis, units } = await basisOfHeads(plain, {
    ...{ train, settings, threads, onCrops },
    prior: from && importSpread(from),
  });
  const models = exportVae(result.network, settings, basis);
  const evaluated = await evaluate(models, { validation, threads, onCrops });
  const used = units.filter((unit) => unit.active).length;
  return {
    ...models,
    ...evaluated,
    units,
    settings,
    notes: [
      ...chosen.notes,
      ...setAside,
      `${used} of ${settings.latentSize} latent dimensions vary between heads.`,
    ],
    reason: result.reason,
    steps: result.step,
    best: result.best,
    history: result.history,
    parameters: result.network.parameters.length,
    device: result.device,
    deviceReason: result.deviceReason,
  };
}

/** Residual scale and reconstruction error of the validation heads. */
async function evaluate(
  models: VaeModels,
  { validation, threads, onCrops }: {
    validation: readonly HeadCrop[];
    threads?: number;
    onCrops: (count: number) => void;
  },
) {
  const encoder = await openModel(models.encoder, { device: "cpu", threads });
  const decoder = await openModel(models.decoder, { device: "cpu", threads });
  try {
    const codes = await encodeCrops(validation, encoder);
    onCrops(validation.length);
    const drawn = await decodeLatents(codes.map(wholeCode), decoder);
    onCrops(validation.length);
    let squares = 0;
    drawn.forEach(({ pixels, widthPx }, i) => {
      const wanted = localContrast(validation[i].pixels, widthPx);
      pixels.forEach((value, k) => squares += (value - wanted[k]) ** 2);
    });
    return {
      residualScale: residualScale(validation, drawn),
      reconstructionError: Math.sqrt(squares / drawn.length / drawn[0].pixels.length),
    };
  } finally {
    await encoder.close();
    await decoder.close();
  }
}

/** Training and validation heads. If no validation heads are given, some are set aside, with a note. */
function divide({ train, validation }: VaeCrops, seed: number) {
  if (validation) return { train, validation, setAside: [] };
  const prng = seededPrng(seed).fork("validation");
  const order = train.map((crop) => ({ crop, draw: prng() })).sort((a, b) => a.draw - b.draw);
  const count = Math.max(8, Math.round(train.length / 10));
  const shuffled = order.map(({ crop }) => crop);
  return {
    train: shuffled.slice(count),
    validation: shuffled.slice(0, count),
    setAside: [
      `${count} of ${train.length} crops were drawn at random for validation (by head, not by patient).`,
    ],
  };
}
