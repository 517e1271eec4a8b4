import { gaussianBlur } from "../image/gaussian_blur.ts";
import type { GreyImage, HeadCrop } from "../types.ts";
import { localContrast } from "./local_contrast.ts";
import { InputError } from "../input_error.ts";

/** Mean and standard deviation of the reconstruction residual of healthy heads at each pixel. */
export interface ResidualScale {
  /** Type tag, the same for every object of this type. */
  readonly kind: "residual-scale";
  /** Side of the crops in pixels. */
  readonly sizePx: number;
  /** Number of healthy validation heads used. */
  readonly n: number;
  /** Mean residual at each pixel, in local-contrast grey values. */
  readonly mean: Float32Array; // [sizePx, sizePx]
  /** Standard deviation of the residual at each pixel. */
  readonly sd: Float32Array; // [sizePx, sizePx]
}

/**
 * Standard deviation of the blur, in pixels, that removes grain and single trabeculae before residuals are evaluated.
 * At about two pixels per millimetre the blur keeps structures as wide as a sclerotic rim (1 to 3 mm).
 */
const GRAIN_PX = 2.5;
/**
 * Standard deviation of the blur that pools variances of neighbouring pixels, in pixels; there are far fewer heads than
 * pixels.
 */
const POOL_PX = 2.5;

/**
 * Local-contrast image of the crop minus the reconstruction, blurred to remove grain, [sizePx, sizePx].
 *
 * @throws {TypeError} if crop and reconstruction differ in size.
 */
export function smoothResidual(
  crop: HeadCrop,
  reconstruction: GreyImage,
  contrast = localContrast(crop.pixels, crop.sizePx),
): Float32Array {
  const { sizePx } = crop;
  if (reconstruction.widthPx !== sizePx || reconstruction.heightPx !== sizePx) {
    throw new TypeError(
      `Cannot form a residual: crop and reconstruction must have the same size, got ${sizePx} px and ${reconstruction.widthPx} x ${reconstruction.heightPx} px`,
    );
  }
  const pixels = new Float32Array(contrast.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = contrast[i] - reconstruction.pixels[i];
  return blurred(pixels, sizePx, GRAIN_PX);
}

/**
 * Computes the residual scale of a cohort from healthy validation heads. Training heads are not used, because their
 * residuals are too small, nor are held-out heads, because they are evaluated with the scale.
 *
 * @throws {InputError} if fewer than 8 heads are given.
 * @throws {TypeError} if the numbers of crops and reconstructions differ, or their sizes.
 */
export function residualScale(
  crops: readonly HeadCrop[],
  reconstructions: readonly GreyImage[],
): ResidualScale {
  const n = crops.length;
  requireHeads(n);
  if (reconstructions.length !== n) {
    throw new TypeError(
      `Cannot compute the residual scale: one reconstruction per crop is needed, got ${n} and ${reconstructions.length}`,
    );
  }
  const sums = residualSums(crops[0].sizePx);
  crops.forEach((crop, i) => sums.add(crop, reconstructions[i]));
  return sums.scale();
}

/** Running sums for a residual scale, so that only one head at a time must be in memory. */
export interface ResidualSums {
  /** Adds one healthy validation head. @throws {TypeError} if crop and reconstruction differ in size. */
  add(crop: HeadCrop, reconstruction: GreyImage): void;
  /** The scale from all heads added so far. @throws {InputError} if there are fewer than 8. */
  scale(): ResidualScale;
  /**
   * The scale from all heads added so far except this one, so that it is measured like a new head. Otherwise the head's
   * own residual would make mean and standard deviation fit too well, most clearly if there are few heads.
   *
   * @throws {InputError} if fewer than 8 heads were added.
   */
  scaleWithout(crop: HeadCrop, reconstruction: GreyImage): ResidualScale;
}

/** Computes {@linkcode residualScale} one head at a time. */
export function residualSums(sizePx: number): ResidualSums {
  const area = sizePx * sizePx;
  const sum = new Float64Array(area), squares = new Float64Array(area);
  let n = 0;
  return {
    add(crop, reconstruction) {
      const residual = smoothResidual(crop, reconstruction);
      for (let k = 0; k < area; k++) {
        sum[k] += residual[k];
        squares[k] += residual[k] ** 2;
      }
      n++;
    },
    scale() {
      requireHeads(n);
      return scaleOf({ sum, squares, n, sizePx });
    },
    scaleWithout(crop, reconstruction) {
      requireHeads(n);
      const residual = smoothResidual(crop, reconstruction);
      return scaleOf({
        sum: sum.map((total, k) => total - residual[k]),
        squares: squares.map((total, k) => total - residual[k] ** 2),
        ...{ n: n - 1, sizePx },
      });
    },
  };
}

/** The scale from the sums and sums of squares of `n` residuals at each pixel. */
function scaleOf(
  { sum, squares, n, sizePx }: { sum: Float64Array; squares: Float64Array; n: number; sizePx: number },
): ResidualScale {
  const mean = Float32Array.from(sum, (total) => total / n);
  const variance = Float32Array.from(
    squares,
    (total, k) => Math.max(0, total - n * mean[k] ** 2) / (n - 1),
  );
  const pooled = blurred(variance, sizePx, POOL_PX);
  // A pixel that never varies (such as a black corner) would make z infinite, so no standard deviation may be below
  // a tenth of the median.
  const floor = 0.01 * pooled.toSorted()[pooled.length >> 1] || 1e-6;
  const sd = pooled.map((value) => Math.sqrt(Math.max(floor, value)));
  return { kind: "residual-scale", sizePx, n, mean, sd };
}

function requireHeads(n: number): void {
  if (n < 8) throw new InputError(`Cannot compute the residual scale: at least 8 heads are needed, got ${n}`);
}

/** The scale as bytes for the models folder: little-endian float32 n, then mean, then sd. */
export function residualScaleToBytes({ n, mean, sd }: ResidualScale): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * (1 + mean.length + sd.length));
  const view = new DataView(bytes.buffer);
  [Float32Array.of(n), mean, sd].reduce((at, values) => {
    values.forEach((value, i) => view.setFloat32(at + 4 * i, value, true));
    return at + 4 * values.length;
  }, 0);
  return bytes;
}

/** Reads the bytes of {@linkcode residualScaleToBytes}. @throws {SyntaxError} if they are not a residual scale. */
export function residualScaleFromBytes(bytes: Uint8Array): ResidualScale {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const area = (bytes.length / 4 - 1) / 2, sizePx = Math.round(Math.sqrt(area));
  if (area < 1 || sizePx * sizePx !== area) {
    throw new SyntaxError(
      `Cannot read the residual scale: 4 (1 + 2 s^2) bytes are expected for crops of s pixels, got ${bytes.length}`,
    );
  }
  const floats = Float32Array.from({ length: 2 * area }, (_value, i) => view.getFloat32(4 + 4 * i, true));
  const mean = floats.slice(0, area), sd = floats.slice(area), n = view.getFloat32(0, true);
  if (!(n >= 2) || !mean.every(Number.isFinite) || !sd.every((value) => value > 0 && value < Infinity)) {
    throw new SyntaxError(
      "Cannot read the residual scale: means must be finite, standard deviations above 0 and n at least 2",
    );
  }
  return { kind: "residual-scale", sizePx, n, mean, sd };
}

function blurred(pixels: Float32Array, sizePx: number, sigmaPx: number): Float32Array {
  return gaussianBlur({ kind: "grey-image", widthPx: sizePx, heightPx: sizePx, pixels }, { sigmaPx }).pixels;
}
