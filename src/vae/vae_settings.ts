import { InputError } from "../input_error.ts";
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

/** What `changeLocally` does to a share of the training crops, so that the code can express what no healthy head shows. */
export interface LocalChanges {
  /** Share of the crops of a batch that are changed; 0 trains on healthy heads as they are. */
  readonly share: number;
  /** Typical bend inside the blob, as a share of the crop's side. */
  readonly bend: number;
  /** Largest rise or fall of the grey value inside the blob. */
  readonly density: number;
  /** Largest height of the ridge along the blob's rim, in grey values. */
  readonly ridge: number;
  /** Typical height of the texture inside the blob, in grey values. */
  readonly texture: number;
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
  readonly localChanges: LocalChanges;
  /** Coordinates of the code in which the distance is measured, see `findCodeBasis`; the others serve the decoder. */
  readonly measuredSize: number;
  /** Weight of the variance that placement and processing add to healthy variation where those coordinates are chosen. */
  readonly variedWeight: number;
  readonly seed: number;
}

/** Local changes of a given strength: the amounts grow with it, the share of changed crops is a half (none at strength 0). */
export function localChangesOf(strength: number): LocalChanges {
  return {
    share: strength > 0 ? 0.5 : 0,
    bend: 0.04 * strength,
    density: 0.35 * strength,
    ridge: 0.4 * strength,
    texture: 0.15 * strength,
  };
}

/** Training crops per latent dimension: local changes add variety of their own, so that few heads fill many dimensions. */
const CROPS_PER_LATENT = 5;
const LARGEST_LATENT = 128, LEAST_LATENT = 24;
/** Measured coordinates where heads allow it, and heads for each: their covariance is estimated from as many heads. */
const MEASURED = 24, HEADS_PER_MEASURED = 4;
/** Strength of the local changes, see models/ablation.md. */
const STRENGTH = 2;

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
 * @param options.from Shape of the network the training starts from: it goes on gently, and its sizes stay. @default none, from chance
 * @throws {InputError} if `n` is below 20 or an override is out of range.
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
    throw new InputError(`Cannot choose settings: at least 20 training crops are needed, got ${n}`);
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
    localChanges: localChangesOf(STRENGTH),
    measuredSize: Math.min(MEASURED, latentSize, Math.max(4, Math.floor(n / HEADS_PER_MEASURED))),
    variedWeight: 0.25,
    seed,
    ...from,
    ...overrides,
  };
  requireSettings(settings);
  return { settings, notes: notesOn(n, settings, { overrides, warm: from !== undefined }) };
}

/** From chance: the more heads, the fewer passes over them. */
function coldSteps(n: number, batch: number): number {
  const passes = n >= 800 ? 25 : n >= 300 ? 60 : 120;
  return Math.min(1600, Math.max(900, Math.round(passes * n / batch)));
}

/** From a trained network: enough to learn another cohort's bones and films, and a cohort of any size in minutes. */
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
    ? "as asked"
    : warm
    ? "those of the network it starts from"
    : latentSize < LARGEST_LATENT
    ? `about one for ${CROPS_PER_LATENT} training crops`
    : "the full size";
  const given = Object.keys(overrides);
  return [
    `${n} training crops: ${latentSize} latent dimensions (${why}), ${measuredSize} of them measured.`,
    `${steps} steps of ${batch} crops, which is ${passes} passes over the cohort.`,
    `Crops are shifted by up to ${(100 * changes.shift).toFixed(1)} % of their side, turned by up to ${
      changes.turnDegrees.toFixed(1)
    } degrees, scaled by up to ${(100 * changes.scale).toFixed(1)} %; ${
      (100 * share).toFixed(0)
    } % are changed locally, in ways that are no disease's.`,
    ...(given.length > 0 ? [`Set by the caller: ${given.sort().join(", ")}.`] : []),
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
      "Cannot train the VAE: the share of local changes must lie in [0, 1], their amounts from 0 up",
    );
  }
  const factor = 4 * 2 ** channels.length; // half size, 4 x 4 pixels to channels, one halving a further level
  if (channels.length === 0 || sizePx % factor !== 0) {
    throw new InputError(
      `Cannot train the VAE: sizePx must be divisible by ${factor} for these channels, got ${sizePx}`,
    );
  }
  if (!(beta >= 0) || !(pixelSd > 0) || !(warmUp >= 0 && warmUp <= 1)) {
    throw new InputError(
      `Cannot train the VAE: beta >= 0, pixelSd > 0, warmUp in [0, 1], got ${beta}, ${pixelSd}, ${warmUp}`,
    );
  }
}
