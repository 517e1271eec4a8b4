import { seededPrng } from "../../array/seeded_prng.ts";
import { resize } from "../../image/resize.ts";
import { InputError } from "../../input_error.ts";
import { drawIndices } from "../../projection/draw_indices.ts";
import { type LeadingComponents, leadingComponents } from "../../projection/leading_components.ts";
import type { HeadCrop } from "../../types.ts";
import { cropFromBytes } from "../measure/crop_bytes.ts";
import { type CropFile, type CropReader, openCrops } from "../measure/kept_crops.ts";

/** Side of the images for the baseline in pixels; the leading components are smooth, so this is enough. */
const SIDE_PX = 64;
/** Numbers of components to choose from. */
const SIZES = [2, 4, 8, 16, 24, 32];
/**
 * Maximum number of training heads used for the components: 32 components need no more, and each head takes 32 kB of
 * memory (its image and a centred copy).
 */
const MOST_FITTED = 10_000;
/** Crops in memory at a time. */
const BATCH = 64;

/** Result of the PCA baseline, with which the autoencoder is compared. */
export interface PcaBaseline {
  /** Mahalanobis distance of each head in the space of the components. */
  readonly distances: Float64Array; // [n]
  /** Number of components, chosen on healthy validation heads. */
  readonly components: number;
  /** Number of training heads used for the components, if it is a sample; otherwise absent. */
  readonly fittedOn?: number;
}

/** Options of {@linkcode pcaBaseline}. */
export interface PcaBaselineOptions {
  /** Side length of the crops in pixels. */
  sizePx: number;
  /** Indices of the healthy training heads. */
  train: readonly number[];
  /** Indices of the healthy validation heads. */
  validation: readonly number[];
  /** Random seed. @default {1} */
  seed?: number;
  /**
   * Maximum number of training heads used for the components; if there are more, a random sample is used.
   *
   * @default {10000}
   */
  mostFitted?: number;
  /** Aborts between batches of heads. */
  signal?: AbortSignal;
}

/** A crop's pixels on the baseline's grid, [SIDE_PX, SIDE_PX]. */
function pixelRow({ pixels, sizePx }: HeadCrop): Float32Array {
  const image = { kind: "grey-image", widthPx: sizePx, heightPx: sizePx, pixels } as const;
  return resize(image, { widthPx: SIDE_PX, heightPx: SIDE_PX }).pixels;
}

/** Coordinates of an image along the components, and its squared distance from the mean image. */
function place(row: Float32Array, { mean, axes }: LeadingComponents) {
  const d = mean.length, scores = new Float64Array(axes.length / d), away = new Float64Array(d);
  let squares = 0;
  for (let j = 0; j < d; j++) {
    away[j] = row[j] - mean[j];
    squares += away[j] * away[j];
  }
  for (let c = 0, at = 0; c < scores.length; c++) {
    let score = 0;
    for (let j = 0; j < d; j++, at++) score += away[j] * axes[at];
    scores[c] = score;
  }
  return { scores, squares };
}

/** Log density of an image under probabilistic PCA with k components (Tipping and Bishop 1999), up to a constant. */
function logDensity(placed: ReturnType<typeof place>, pca: LeadingComponents, k: number): number {
  const d = pca.mean.length, lead = pca.variances.subarray(0, k);
  const noise = (pca.totalVariance - lead.reduce((sum, value) => sum + value, 0)) / (d - k);
  let inside = 0, explained = 0, logs = (d - k) * Math.log(noise);
  for (let c = 0; c < k; c++) {
    explained += placed.scores[c] ** 2;
    inside += placed.scores[c] ** 2 / lead[c];
    logs += Math.log(lead[c]);
  }
  return -0.5 * (logs + inside + (placed.squares - explained) / noise);
}

/**
 * Calls `use` with the image of each of the given heads and its position in `indices`; only one batch of crops is in
 * memory at a time.
 */
async function eachRow(
  reader: CropReader,
  indices: readonly number[],
  { sizePx, signal, use }: {
    sizePx: number;
    signal?: AbortSignal;
    use: (row: Float32Array, k: number) => void;
  },
): Promise<void> {
  for (let start = 0; start < indices.length; start += BATCH) {
    signal?.throwIfAborted();
    reader.read(indices.slice(start, start + BATCH)).forEach((bytes, k) =>
      use(pixelRow(cropFromBytes(bytes, { side: "unknown", sizePx })), start + k)
    );
    await new Promise((resolve) => setTimeout(resolve, 0)); // lets timers and signals run
  }
}

/**
 * Computes a baseline for the autoencoder from the same crops: the Mahalanobis distance in the space of the principal
 * components of the healthy training heads. The number of components maximises the likelihood of the healthy validation
 * heads. Held-out and diseased heads are not used for fitting. Crops are read from disk in batches.
 *
 * @throws {InputError} if there are fewer than 6 training heads or no validation heads.
 */
export async function pcaBaseline(
  crops: readonly CropFile[],
  { sizePx, train, validation, seed = 1, mostFitted = MOST_FITTED, signal }: PcaBaselineOptions,
): Promise<PcaBaseline> {
  const d = SIDE_PX * SIDE_PX;
  const sizes = SIZES.filter((size) => 3 * size <= train.length);
  if (sizes.length === 0 || validation.length === 0) {
    throw new InputError(
      `Too few heads for the comparison with PCA: healthy heads of ${
        3 * SIZES[0]
      } or more for training and of 1 or more for validation are needed, got ${train.length} and ${validation.length}`,
    );
  }
  const reader = openCrops(crops), drawn = train.length > mostFitted;
  const fitted = drawn
    ? Array.from(drawIndices(train.length, mostFitted, seededPrng(seed).fork("pca")), (k) => train[k])
    : train;
  const rows = new Float32Array(fitted.length * d); // [fitted, d]
  await eachRow(reader, fitted, { sizePx, signal, use: (row, k) => rows.set(row, k * d) });
  const pca = leadingComponents(rows, { d, components: sizes.at(-1)!, seed });
  const likelihood = new Float64Array(sizes.length);
  await eachRow(reader, validation, {
    ...{ sizePx, signal },
    use: (row) => {
      const placed = place(row, pca);
      sizes.forEach((k, s) => likelihood[s] += logDensity(placed, pca, k));
    },
  });
  const components = sizes[likelihood.indexOf(Math.max(...likelihood))];
  const distances = new Float64Array(reader.length);
  await eachRow(reader, Array.from(distances.keys()), {
    ...{ sizePx, signal },
    use: (row, i) => {
      const { scores } = place(row, pca);
      let sum = 0;
      for (let c = 0; c < components; c++) sum += scores[c] ** 2 / pca.variances[c];
      distances[i] = Math.sqrt(sum);
    },
  });
  return { distances, components, ...(drawn ? { fittedOn: fitted.length } : {}) };
}
