import { blockedWeightGradient } from "./blocked_weight_gradient.ts";
import { type Geometry, reach } from "./convolution_geometry.ts";
import type { Value } from "../graph/graph.ts";
import { channelsLast, view } from "../graph/channel_blocks.ts";
import { reshape, slice, transpose } from "../layers/shapes.ts";

/**
 * Weight gradient of a convolution:
 * dW[a, b, i, j] = sum over n, y, x of big[n, b, s y + d i - p, ...] small[n, a, y, x].
 *
 * For `conv2d`, big is the input and small the output gradient; for `convTranspose2d` the roles are swapped.
 *
 * On the CPU the sum is computed as a convolution: in blocks if the sizes allow it (`blockedWeightGradient`), otherwise
 * in 3-D. The 3-D convolution treats the batch as channels and `small` as the kernel; its dilation is the layer's
 * stride and its stride the layer's dilation. The innermost axis holds big's channels so that memory is read in order.
 * The 3-D convolution is faster than unfolding (im2col) and needs half the memory. Devices other than the CPU use
 * unfolding. On every device, a 1 x 1 kernel at stride 1 without padding needs only matrix products, unless it runs in
 * blocks.
 *
 * @param big [n, b, H, W]
 * @param small [n, a, h, w]
 * @returns [a, b, kh, kw]
 */
export function convolutionWeightGradient(big: Value, small: Value, geo: Geometry): Value {
  const endPads = ([0, 1] as const).map((axis) => trailingPad(big, small, geo, axis));
  // remove rows and columns at the end that the kernel never covers
  const seen = endPads.reduce(
    (x, pad, k) => pad < 0 ? slice(x, { axis: 2 + k, start: 0, end: x.shape[2 + k] + pad }) : x,
    big,
  );
  const trailing = endPads.map((pad) => Math.max(pad, 0)) as [number, number];
  const blocked = blockedWeightGradient(seen, small, { geo, trailing });
  if (blocked) return blocked;
  const [kh, kw] = geo.kernel;
  const isPointwise = kh * kw === 1 && [...geo.stride].every((s) => s === 1) &&
    [...geo.padding].every((p) => p === 0);
  if (isPointwise) return pointwise(seen, small);
  return (big.graph.device === "cpu" ? asConvolution3d : unfolded)(seen, small, { geo, trailing });
}

/** For a 1 x 1 kernel: a matrix product per image, summed over the batch. */
function pointwise(big: Value, small: Value): Value {
  const g = big.graph;
  const [n, b, h, w] = big.shape, a = small.shape[1];
  const columns = reshape(small, [n, a, h * w]); // [n, a, hw]
  const rows = transpose(reshape(big, [n, b, h * w]), [0, 2, 1]); // [n, hw, b]
  const each = g.emit("MatMul", [columns, rows], [n, a, b]);
  const all = g.emit("ReduceSum", [each, g.integers(0)], [a, b], { attributes: { keepdims: 0 } });
  return reshape(all, [a, b, 1, 1]);
}

/** Geometry of the convolution from `big` to `small`, and the zeros below and to the right of `big` that it covers. */
interface PaddedGeometry {
  readonly geo: Geometry;
  readonly trailing: readonly [number, number];
}

function asConvolution3d(
  big: Value,
  small: Value,
  { geo, trailing: [bottom, right] }: PaddedGeometry,
): Value {
  const g = big.graph;
  const [n, a, h, w] = small.shape, b = big.shape[1];
  const [kh, kw] = geo.kernel;
  const image = view(channelsLast(big), [1, n, big.shape[2], big.shape[3], b]);
  const kernel = reshape(transpose(small, [1, 0, 2, 3]), [a, n, h, w, 1]);
  const out = g.emit("Conv", [image, kernel], [1, a, kh, kw, b], {
    attributes: {
      kernel_shape: [h, w, 1],
      strides: [...geo.dilation, 1],
      dilations: [...geo.stride, 1],
      pads: [...geo.padding, 0, bottom, right, 0],
    },
  });
  return reshape(transpose(out, [0, 1, 4, 2, 3]), [a, b, kh, kw]);
}

/**
 * Padding at the end of an axis that gives exactly the kernel's number of positions. Negative if some pixels are never
 * covered.
 */
function trailingPad(big: Value, small: Value, geo: Geometry, axis: 0 | 1): number {
  const last = (small.shape[2 + axis] - 1) * geo.stride[axis] + reach(geo, axis);
  return last - big.shape[2 + axis] - geo.padding[axis];
}

/**
 * Unfolds big to one row per kernel cell and channel, and multiplies. The long sum is split, because a GPU would
 * otherwise use a single thread block.
 */
function unfolded(big: Value, small: Value, { geo, trailing: [bottom, right] }: PaddedGeometry): Value {
  const g = big.graph;
  const [n, a, h, w] = small.shape, b = big.shape[1];
  const [kh, kw] = geo.kernel, [sh, sw] = geo.stride, [top, left] = geo.padding;
  const padded = g.emit("Pad", [big, g.integers(0, 0, top, left, 0, 0, bottom, right)], [
    n,
    b,
    big.shape[2] + top + bottom,
    big.shape[3] + left + right,
  ]);
  const cells: Value[] = []; // [n, b, h, w] each
  for (let i = 0; i < kh; i++) {
    for (let j = 0; j < kw; j++) {
      const y = i * geo.dilation[0], x = j * geo.dilation[1];
      const ends = g.integers(y + (h - 1) * sh + 1, x + (w - 1) * sw + 1);
      cells.push(
        g.emit("Slice", [padded, g.integers(y, x), ends, g.integers(2, 3), g.integers(sh, sw)], [n, b, h, w]),
      );
    }
  }
  const rows = kh * kw * b;
  const columns = g.emit("Concat", cells, [n, rows, h, w], { attributes: { axis: 1 } });
  const pieces = piecesOf(h * w), each = h * w / pieces;
  const left3 = transpose(reshape(small, [n, a, pieces, each]), [0, 2, 1, 3]); // [n, pieces, a, each]
  const right3 = transpose(reshape(columns, [n, rows, pieces, each]), [0, 2, 3, 1]); // [n, pieces, each, rows]
  const products = reshape(g.emit("MatMul", [left3, right3], [n, pieces, a, rows]), [n * pieces, a, rows]);
  const total = g.emit("ReduceSum", [products, g.integers(0)], [a, rows], { attributes: { keepdims: 0 } });
  return reshape(transpose(reshape(total, [a, kh * kw, b]), [0, 2, 1]), [a, b, kh, kw]);
}

/** The largest divisor of `length` up to 64 that leaves pieces of at least 256; 1 if there is none. */
function piecesOf(length: number): number {
  let pieces = Math.max(1, Math.min(64, Math.floor(length / 256)));
  while (length % pieces !== 0) pieces--;
  return pieces;
}
