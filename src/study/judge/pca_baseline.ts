import { resize } from "../../image/resize.ts";
import { type LeadingComponents, leadingComponents } from "../../projection/leading_components.ts";
import type { HeadCrop } from "../../types.ts";
import { InputError } from "../../input_error.ts";

/** Side of the images for the baseline in pixels; larger images do not change its leading components. */
const SIDE_PX = 64;
const SIZES = [2, 4, 8, 16, 24, 32];

/** Baseline for comparison with the autoencoder. */
export interface PcaBaseline {
  /** Mahalanobis distance of each head in the space of the components. */
  readonly distances: Float64Array; // [n]
  /** Number of components, chosen on healthy validation heads. */
  readonly components: number;
}

/** A crop's pixels on the baseline's grid, [SIDE_PX, SIDE_PX]. */
function pixelRow({ pixels, sizePx }: HeadCrop): Float32Array {
  const image = { kind: "grey-image", widthPx: sizePx, heightPx: sizePx, pixels } as const;
  return resize(image, { widthPx: SIDE_PX, heightPx: SIDE_PX }).pixels;
}

/** Coordinates of a row along the axes, and its squared distance from the mean. */
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

/** Log density of a row under probabilistic PCA with k components (Tipping and Bishop 1999), up to a constant. */
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
 * PCA with Mahalanobis distance on the same crops: principal components of the healthy training heads; their number maximises the likelihood
 * of the healthy validation heads. Held-out and diseased heads are not used.
 *
 * @throws {InputError} if there are too few training or no validation heads.
 */
export function pcaBaseline(
  crops: readonly HeadCrop[],
  { train, validation, seed = 1 }: { train: readonly number[]; validation: readonly number[]; seed?: number },
): PcaBaseline {
  const d = SIDE_PX * SIDE_PX;
  const sizes = SIZES.filter((size) => 3 * size <= train.length);
  if (sizes.length === 0 || validation.length === 0) {
    throw new InputError(
      `Too few heads for the PCA baseline: at least ${
        3 * SIZES[0]
      } healthy training heads and one validation head ` +
        `are needed, got ${train.length} and ${validation.length}`,
    );
  }
  const rows = crops.map(pixelRow), fitted = new Float64Array(train.length * d); // [train, d]
  train.forEach((from, to) => fitted.set(rows[from], to * d));
  const pca = leadingComponents(fitted, { d, components: sizes.at(-1)!, seed });
  const placed = rows.map((row) => place(row, pca));
  const likelihood = sizes.map((k) =>
    validation.reduce((sum, i) => sum + logDensity(placed[i], pca, k), 0) / validation.length
  );
  const components = sizes[likelihood.indexOf(Math.max(...likelihood))];
  const distances = Float64Array.from(placed, ({ scores }) => {
    let sum = 0;
    for (let c = 0; c < components; c++) sum += scores[c] ** 2 / pca.variances[c];
    return Math.sqrt(sum);
  });
  return { distances, components };
}
