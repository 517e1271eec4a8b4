/** How far a training crop is moved and changed: largest shift, turn and so on; each drawn anew for every crop and step. */
export interface CropChanges {
  /** Largest shift each way, as a share of the crop's side. */
  readonly shift: number;
  /** Largest change of scale, as a share. */
  readonly scale: number;
  /** Largest turn, degrees. */
  readonly turnDegrees: number;
  /** Largest share by which contrast is stretched or pressed, about mid-grey. */
  readonly contrast: number;
  /** Largest standard deviation of the blur, pixels of the half-size picture. */
  readonly blurPx: number;
  /** Largest standard deviation of the noise added to what the encoder sees (never to what the decoder should draw). */
  readonly noise: number;
}

/** Every number of a training, saved beside its weights. */
export interface VaeSettings {
  readonly sizePx: number;
  readonly latentSize: number;
  /** Channels at an eighth of the crop's side, and after each further halving. */
  readonly channels: readonly number[];
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Weight of the divergence KL(q(z|x) || N(0, I)) beside a Gaussian likelihood of standard deviation `pixelSd`. */
  readonly beta: number;
  /** Share of the steps over which beta rises from 0 to its value. */
  readonly warmUp: number;
  /** Standard deviation of the decoder's Gaussian likelihood, in grey values from 0 to 1. */
  readonly pixelSd: number;
  /** Weight of the structural term 1 - SSIM, counted as this many times the image's pixels. */
  readonly structure: number;
  readonly changes: CropChanges;
  readonly seed: number;
}

/** A covariance of d numbers takes about ten heads a number to be worth estimating. */
const CROPS_PER_LATENT = 10;
const LARGEST_LATENT = 64;

const FULL: CropChanges = {
  shift: 0.03,
  scale: 0.05,
  turnDegrees: 6,
  contrast: 0.2,
  blurPx: 0.5,
  noise: 0.02,
};

/** Small cohorts see more of each change, since they hold less variety of their own. */
function changesFor(n: number): CropChanges {
  const more = n >= 800 ? 1 : n >= 300 ? 1.25 : 1.5;
  return {
    shift: FULL.shift * more,
    scale: FULL.scale * more,
    turnDegrees: FULL.turnDegrees * more,
    contrast: FULL.contrast * more,
    blurPx: FULL.blurPx,
    noise: FULL.noise,
  };
}

/**
 * Settings for `n` training crops, and one sentence for each that depends on `n`. All are our choice (the paper's abstract
 * gives none); models/ablation.md holds what they were compared with.
 *
 * @param options.n Number of training crops, at least 20.
 * @param options.seed Seed of weights, order and changes. @default {1}
 * @param options.overrides Settings that replace the chosen ones, as they are.
 * @throws {RangeError} if `n` is below 20 or an override is out of range.
 */
export function vaeSettings(
  { n, seed = 1, overrides = {} }: { n: number; seed?: number; overrides?: Partial<VaeSettings> },
): { settings: VaeSettings; notes: string[] } {
  if (!Number.isInteger(n) || n < 20) {
    throw new RangeError(`Cannot choose settings: at least 20 training crops are needed, got ${n}`);
  }
  const latentSize = Math.min(LARGEST_LATENT, Math.max(8, 4 * Math.floor(n / CROPS_PER_LATENT / 4)));
  const batch = n >= 300 ? 32 : 16;
  const passes = n >= 800 ? 25 : n >= 300 ? 60 : 120;
  const steps = Math.min(1600, Math.max(900, Math.round(passes * n / batch)));
  const settings: VaeSettings = {
    sizePx: 128,
    latentSize,
    channels: [48, 96, 128],
    batch,
    steps,
    learningRate: 2e-3,
    weightDecay: 1e-4,
    beta: 1,
    warmUp: 0.2,
    pixelSd: 0.06,
    structure: 0.5,
    changes: changesFor(n),
    seed,
    ...overrides,
  };
  requireSettings(settings);
  return { settings, notes: notesOn(n, settings, overrides) };
}

function notesOn(n: number, settings: VaeSettings, overrides: Partial<VaeSettings>): string[] {
  const { latentSize, batch, steps, changes } = settings;
  const passes = (steps * batch / n).toFixed(0);
  const why = latentSize < LARGEST_LATENT
    ? `about one for ${CROPS_PER_LATENT} training crops`
    : "the full size";
  const given = Object.keys(overrides);
  return [
    `${n} training crops: ${latentSize} latent dimensions (${"latentSize" in overrides ? "as asked" : why}).`,
    `${steps} steps of ${batch} crops, which is ${passes} passes over the cohort.`,
    `Crops are shifted by up to ${(100 * changes.shift).toFixed(1)} % of their side, turned by up to ${
      changes.turnDegrees.toFixed(1)
    } degrees, scaled by up to ${(100 * changes.scale).toFixed(1)} %.`,
    ...(given.length > 0 ? [`Set by the caller: ${given.sort().join(", ")}.`] : []),
  ];
}

function requireSettings(settings: VaeSettings): void {
  const { sizePx, channels, latentSize, batch, steps, beta, warmUp, pixelSd } = settings;
  const wholes = { sizePx, latentSize, batch, steps };
  for (const [name, value] of Object.entries(wholes)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`Cannot train the VAE: ${name} is a whole number from 1, got ${value}`);
    }
  }
  const factor = 4 * 2 ** channels.length; // half size, 4 x 4 pixels to channels, one halving a further level
  if (channels.length === 0 || sizePx % factor !== 0) {
    throw new RangeError(
      `Cannot train the VAE: sizePx is divisible by ${factor} for these channels, got ${sizePx}`,
    );
  }
  if (!(beta >= 0) || !(pixelSd > 0) || !(warmUp >= 0 && warmUp <= 1)) {
    throw new RangeError(
      `Cannot train the VAE: beta >= 0, pixelSd > 0, warmUp in [0, 1], got ${beta}, ${pixelSd}, ${warmUp}`,
    );
  }
}
