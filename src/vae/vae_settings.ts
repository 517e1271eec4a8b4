import { InputError } from "../input_error.ts";

/** Largest augmentation of a training crop. Every amount is drawn again for each crop and step. */
export interface CropChanges {
  /** Largest shift in each direction, relative to the crop's side. */
  readonly shift: number;
  /** Largest relative change of scale. */
  readonly scale: number;
  /** Largest rotation in degrees. */
  readonly turnDegrees: number;
  /** Largest relative change of contrast about mid-grey. */
  readonly contrast: number;
  /** Largest standard deviation of the blur, in pixels of the half-size image. */
  readonly blurPx: number;
  /** Largest standard deviation of the noise in the encoder's input (the decoder's target has none), in grey values. */
  readonly noise: number;
  /**
   * Share of the encoder's inputs that are compressed as JPEG of quality 50 to 95 (the decoder's target is not), so
   * that the latent vector depends little on the texture that compression removes.
   */
  readonly compressed: number;
}

/**
 * Settings of `changeLocally`, which changes a share of the training crops so that the latent space can represent
 * changes that no healthy head shows.
 */
export interface LocalChanges {
  /** Share of the crops that are changed, 0 to 1; 0 trains on unchanged healthy heads. */
  readonly share: number;
  /** Standard deviation of the displacement within the region, relative to the crop's side. */
  readonly bend: number;
  /** Largest increase or decrease of the grey values within the region. */
  readonly density: number;
  /** Scale of the height (or depth) of the ridge along the rim, in grey values. */
  readonly ridge: number;
  /** Standard deviation of the texture within the region, in grey values. */
  readonly texture: number;
}

/** All settings of a training run; they are saved with the weights. */
export interface VaeSettings {
  /** Side of the square crops in pixels. */
  readonly sizePx: number;
  /** Number of latent dimensions, including those that only the decoder uses. */
  readonly latentSize: number;
  /** Channels at an eighth of the crop's side and after each further halving. */
  readonly channels: readonly number[];
  /** Crops per step. */
  readonly batch: number;
  /** Number of training steps. */
  readonly steps: number;
  /** Peak learning rate of AdamW. */
  readonly learningRate: number;
  /** Weight decay of AdamW. */
  readonly weightDecay: number;
  /** Weight of KL(q(z|x) || N(0, I)) relative to a Gaussian likelihood with standard deviation `pixelSd`. */
  readonly beta: number;
  /** Share of the steps during which the weight of the KL divergence rises from 0 to `beta`. */
  readonly warmUp: number;
  /** Standard deviation of the decoder's Gaussian likelihood, in grey values from 0 to 1. */
  readonly pixelSd: number;
  /** Weight of the structural term 1 - SSIM, per pixel. */
  readonly structure: number;
  /** Augmentation of the training crops. */
  readonly changes: CropChanges;
  /** Local changes of the training crops. */
  readonly localChanges: LocalChanges;
  /**
   * Number of coordinates in which the distance is measured (see `findCodeBasis`); the others are used only by the
   * decoder.
   */
  readonly measuredSize: number;
  /** Weight of the variance from placement and processing in the choice of the coordinates (see `findCodeBasis`). */
  readonly variedWeight: number;
  /** Random seed. */
  readonly seed: number;
}

/**
 * Local changes with amounts proportional to `strength`. Half of the crops are changed, none at strength 0.
 */
export function localChangesOf(strength: number): LocalChanges {
  return {
    share: strength > 0 ? 0.5 : 0,
    bend: 0.04 * strength,
    density: 0.35 * strength,
    ridge: 0.4 * strength,
    texture: 0.15 * strength,
  };
}

/** Training crops per latent dimension. Few are enough, because local changes add variety. */
const CROPS_PER_LATENT = 5;
/** Limits of the number of latent dimensions. */
const LARGEST_LATENT = 128, LEAST_LATENT = 24;
/**
 * Largest number of measured coordinates, and the heads needed for each, because their covariance is estimated from the
 * heads.
 */
const MEASURED = 28, HEADS_PER_MEASURED = 4;
/** Strength of the local changes, see models/ablation.md. */
const STRENGTH = 2;
/**
 * Share of the crops that are changed locally, and number of crops from which it applies; chosen on a development
 * cohort (models/ablation.md).
 */
const SHARE_OF_MANY = 0.8, MANY_CROPS = 3000;

/** Augmentation for cohorts of at least 800 crops. */
const FULL: CropChanges = {
  shift: 0.03,
  scale: 0.05,
  turnDegrees: 6,
  contrast: 0.2,
  blurPx: 0.5,
  noise: 0.02,
  compressed: 0.4,
};

/** Small cohorts are augmented more strongly, because they have less variety. */
function changesFor(n: number): CropChanges {
  const more = n >= 800 ? 1 : n >= 300 ? 1.25 : 1.5;
  return {
    shift: FULL.shift * more,
    scale: FULL.scale * more,
    turnDegrees: FULL.turnDegrees * more,
    contrast: FULL.contrast * more,
    blurPx: FULL.blurPx,
    noise: FULL.noise,
    compressed: FULL.compressed,
  };
}

/**
 * Chooses the settings for `n` training crops, and describes in sentences (`notes`) those that depend on `n` or were
 * overridden. All are our choice (the paper's abstract gives none); models/ablation.md lists the alternatives that were
 * compared.
 *
 * @param options.n Number of training crops, at least 20.
 * @param options.seed Seed of weights, order and changes. @default {1}
 * @param options.overrides Settings that replace the chosen ones.
 * @param options.from Shape of the network that training starts from: the learning rate is lower, and its sizes are
 * kept unless `overrides` replaces them. @default none: random weights
 * @throws {InputError} if `n` is not a whole number from 20, or a setting is out of range.
 */
export function vaeSettings(
  { n, seed = 1, overrides = {}, from }: {
    n: number;
    seed?: number;
    overrides?: Partial<VaeSettings>;
    from?: Pick<VaeSettings, "sizePx" | "latentSize" | "channels">;
  },
): { settings: VaeSettings; notes: string[] } {
  if (!Number.isInteger(n) || n < 20) {
    throw new InputError(
      `Cannot choose settings: the number of training crops must be a whole number, at least 20, got ${n}`,
    );
  }
  const wanted = Math.max(LEAST_LATENT, 4 * Math.floor(n / CROPS_PER_LATENT / 4));
  const latentSize = overrides.latentSize ?? from?.latentSize ?? Math.min(LARGEST_LATENT, wanted);
  const batch = n >= 300 ? 32 : 16;
  const settings: VaeSettings = {
    sizePx: 128,
    latentSize,
    channels: [48, 96, 128],
    batch,
    steps: from ? warmSteps(n, batch) : coldSteps(n, batch),
    learningRate: from ? 1e-3 : 2e-3,
    weightDecay: 1e-4,
    beta: 1,
    warmUp: from ? 0 : 0.2,
    pixelSd: 0.06,
    structure: 0.5,
    changes: changesFor(n),
    localChanges: {
      ...localChangesOf(STRENGTH),
      ...n >= MANY_CROPS ? { share: SHARE_OF_MANY } : {},
    },
    measuredSize: Math.min(MEASURED, latentSize, Math.max(4, Math.floor(n / HEADS_PER_MEASURED))),
    variedWeight: 0.25,
    seed,
    ...from,
    ...overrides,
  };
  requireSettings(settings);
  return { settings, notes: notesOn(n, settings, { overrides, warm: from !== undefined }) };
}

/** Steps from random weights: the more heads, the fewer epochs. */
function coldSteps(n: number, batch: number): number {
  const passes = n >= 800 ? 25 : n >= 300 ? 60 : 120;
  return Math.min(1600, Math.max(900, Math.round(passes * n / batch)));
}

/** Steps from a trained network: enough to adapt to another cohort, and done within minutes for any size of cohort. */
function warmSteps(n: number, batch: number): number {
  return Math.min(900, Math.max(400, Math.round(25 * n / batch)));
}

function notesOn(
  n: number,
  settings: VaeSettings,
  { overrides, warm }: { overrides: Partial<VaeSettings>; warm: boolean },
): string[] {
  const { latentSize, measuredSize, batch, steps, changes, localChanges: { share } } = settings;
  const passes = (steps * batch / n).toFixed(0);
  const why = "latentSize" in overrides
    ? "as requested"
    : warm
    ? "as in the network that training starts from"
    : latentSize < LARGEST_LATENT
    ? `about one per ${CROPS_PER_LATENT} training crops, at least ${LEAST_LATENT}`
    : "the largest size";
  const given = Object.keys(overrides), values = overrides as Readonly<Record<string, unknown>>;
  return [
    `${n} training crops: ${latentSize} latent dimensions (${why}), ${measuredSize} of them used for the distance (the others only help to decode the image).`,
    `${steps} steps of ${batch} crops, which is ${passes} passes over the cohort.`,
    `Crops are shifted by up to ${(100 * changes.shift).toFixed(1)} % of their side, rotated by up to ${
      changes.turnDegrees.toFixed(1)
    } degrees, scaled by up to ${(100 * changes.scale).toFixed(1)} %; ${
      (100 * share).toFixed(0)
    } % are changed locally (generic changes, not modelled on a disease).`,
    ...(given.length > 0
      ? [
        `Set by the caller: ${
          given.sort().map((name) => typeof values[name] === "number" ? `${name} ${values[name]}` : name)
            .join(", ")
        }.`,
      ]
      : []),
  ];
}

function requireSettings(settings: VaeSettings): void {
  const { sizePx, channels, latentSize, measuredSize, batch, steps, beta, warmUp, pixelSd } = settings;
  const wholes = { sizePx, latentSize, measuredSize, batch, steps };
  for (const [name, value] of Object.entries(wholes)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(`Cannot train the VAE: ${name} must be a whole number from 1, got ${value}`);
    }
  }
  if (measuredSize > latentSize) {
    throw new InputError(
      `Cannot train the VAE: measuredSize must be at most latentSize (${latentSize}), got ${measuredSize}`,
    );
  }
  const { share, ...amounts } = settings.localChanges;
  if (!(share >= 0 && share <= 1 && Object.values(amounts).every((value) => value >= 0))) {
    throw new InputError(
      "Cannot train the VAE: the share of local changes must be in [0, 1] and their amounts at least 0",
    );
  }
  const factor = 4 * 2 ** channels.length; // half size, 4 x 4 pixels to channels, and one halving per further level
  if (channels.length === 0 || sizePx % factor !== 0) {
    throw new InputError(
      `Cannot train the VAE: there must be at least one entry of channels, and sizePx must be divisible by ${factor}, ` +
        `got ${channels.length} entries and ${sizePx}`,
    );
  }
  if (!(beta >= 0) || !(pixelSd > 0) || !(warmUp >= 0 && warmUp <= 1)) {
    throw new InputError(
      `Cannot train the VAE: beta must be at least 0, pixelSd above 0 and warmUp in [0, 1], got ${beta}, ${pixelSd}, ${warmUp}`,
    );
  }
}
