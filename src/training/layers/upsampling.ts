import { multiply } from "./elementwise.ts";
import type { Value } from "../graph/graph.ts";
import { poolPixels, repeatPixels } from "./resample_pixels.ts";

/** Options of the upsampling operations. */
export interface UpsampleOptions {
  /** Integer factor for height and width. @default {2} */
  factor?: number;
}

/**
 * Repeats every pixel factor x factor times. Gradient: the sum over the copies.
 *
 * @param x [n, c, h, w]
 * @returns [n, c, factor h, factor w]
 * @throws {TypeError} if x is not such an image, or `factor` is not a whole number from 1.
 */
export function upsampleNearest(x: Value, { factor = 2 }: UpsampleOptions = {}): Value {
  requireImage("upsampleNearest", x, factor);
  const out = repeatPixels(x, factor);
  return x.graph.differentiable(
    out,
    [x],
    (d) => [multiply(poolPixels("AveragePool", d, factor), factor ** 2)],
  );
}

/**
 * Bilinear interpolation with pixel centres at half-integers, like PyTorch's `align_corners=False`.
 * The interpolation is linear in each axis, y = A_h x A_w^T, so the gradient is A_h^T d A_w.
 *
 * @param x [n, c, h, w]
 * @returns [n, c, factor h, factor w]
 * @throws {TypeError} if x is not such an image, or `factor` is not a whole number from 1.
 */
export function upsampleBilinear(x: Value, { factor = 2 }: UpsampleOptions = {}): Value {
  requireImage("upsampleBilinear", x, factor);
  const g = x.graph;
  const [n, c, h, w] = x.shape;
  const out = g.emit("Resize", [x, null, g.floats(1, 1, factor, factor)], [n, c, factor * h, factor * w], {
    attributes: { mode: "linear", coordinate_transformation_mode: "half_pixel" },
  });
  return g.differentiable(out, [x], (d) => {
    const across = g.constant(interpolation(w, factor), [factor * w, w]);
    const down = g.constant(transposed(interpolation(h, factor), h), [h, factor * h]);
    const narrow = g.emit("MatMul", [d, across], [n, c, factor * h, w]);
    return [g.emit("MatMul", [down, narrow], x.shape)];
  });
}

/** Weights of linear interpolation from `size` to factor * size samples: [factor size, size]. */
function interpolation(size: number, factor: number): Float32Array {
  const weights = new Float32Array(factor * size * size);
  for (let row = 0; row < factor * size; row++) {
    const at = Math.min(Math.max((row + 0.5) / factor - 0.5, 0), size - 1);
    const low = Math.floor(at), high = Math.min(low + 1, size - 1);
    weights[row * size + low] += 1 - (at - low);
    weights[row * size + high] += at - low;
  }
  return weights;
}

function transposed(matrix: Float32Array, columns: number): Float32Array {
  const rows = matrix.length / columns;
  return matrix.map((_, k) => matrix[(k % rows) * columns + Math.floor(k / rows)]);
}

function requireImage(op: string, x: Value, factor: number): void {
  if (x.shape.length === 4 && Number.isInteger(factor) && factor >= 1) return;
  throw new TypeError(
    `Cannot build ${op}: x must be [n, c, h, w] and the factor a whole number from 1, got [${x.shape}] and ${factor}`,
  );
}
