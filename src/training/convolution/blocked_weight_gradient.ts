import {
  blockedOp,
  blockedView,
  channelsLast,
  fillsBlocks,
  toBlocks,
  toPlain,
  view,
} from "../graph/channel_blocks.ts";
import type { Geometry } from "./convolution_geometry.ts";
import type { Value } from "../graph/graph.ts";
import { concat, transpose } from "../layers/shapes.ts";
import { rotateKernel } from "./rotate_kernel.ts";

/**
 * Up to this size in bytes, the pixel blocks of all kernel columns are computed at once, which is faster but needs more
 * memory.
 */
const LARGEST_BYTES = 2 ** 25;

/** Cross-correlation of two images: out[a, b, i, j] = sum of still[n, a, y, x] moved[n, b, s y + i - p, ...]. */
interface Correlation {
  readonly still: Value; // [n, a, h, w]
  readonly moved: Value; // [n, b, H, W]
  readonly geo: Geometry;
  /** Zeros added below and to the right of `moved`, so that the result has exactly one value per kernel cell. */
  readonly trailing: readonly [number, number];
}

/**
 * {@linkcode convolutionWeightGradient} for blocked images, or null if the sizes do not fit or the dilation is not 1.
 * `trailing` must not be negative.
 *
 * The sum over pixels is itself a convolution, with `moved` as input and `still` as a kernel as large as the image.
 * Blocks of channels do not help directly, because the sum runs over pixels. But `still`, in blocks of its channels, has
 * the memory layout of another kernel: one whose input channels are the neighbouring pixels of a block and whose output
 * channels are the channels of `still`. Therefore `moved` is rearranged into such blocks, once per column of the
 * layer's kernel. Its rows need no copies, because the convolution moves over them. At stride 1 either image can be
 * `moved`; the one with fewer channels is chosen.
 */
export function blockedWeightGradient(
  big: Value,
  small: Value,
  { geo, trailing }: Omit<Correlation, "still" | "moved">,
): Value | null {
  if (geo.dilation[0] !== 1 || geo.dilation[1] !== 1) return null;
  const direct: Correlation = { still: small, moved: big, geo, trailing };
  const swapped = withRolesSwapped(direct);
  const smallHasFewer = big.shape[1] > small.shape[1];
  if (swapped && fits(swapped) && (smallHasFewer || !fits(direct))) return rotateKernel(correlate(swapped));
  return fits(direct) ? correlate(direct) : null;
}

function fits({ still }: Correlation): boolean {
  const { graph: g, shape: [, channels, , width] } = still;
  return fillsBlocks(g, channels) && width % g.channelBlock === 0;
}

/**
 * The same sum with the roles of the images swapped; its result is the rotated kernel. Null if the stride is not 1, or
 * if a padding would become negative.
 */
function withRolesSwapped({ still, moved, geo, trailing }: Correlation): Correlation | null {
  const { stride, kernel, padding } = geo;
  if (stride[0] !== 1 || stride[1] !== 1) return null;
  const rest = ([0, 1] as const).map((axis) => kernel[axis] - 1 - padding[axis]) as [number, number];
  const after = ([0, 1] as const).map((axis) => kernel[axis] - 1 - trailing[axis]) as [number, number];
  if (Math.min(...rest, ...after) < 0) return null;
  return { still: moved, moved: still, geo: { ...geo, padding: rest }, trailing: after };
}

/** The correlation as [a, b, kh, kw]. */
function correlate(correlation: Correlation): Value {
  const { still, moved, geo } = correlation;
  const g = still.graph, block = g.channelBlock;
  const [n, a] = still.shape, b = moved.shape[1];
  const [kh, kw] = geo.kernel;
  // either one sum per image, added afterwards, or one sum over all images: whichever moves less data
  const groups = n * a * b * kh * kw <= still.size ? n : 1;
  const kernel = groups === n ? toBlocks(still) : imagesInside(still);
  const rows = channelsLast(moved);
  const together = kw * pixelBlocksBytes(correlation) <= LARGEST_BYTES ? kw : 1;
  const parts = Array.from({ length: kw / together }, (_, k) => {
    const columns = { first: k * together, count: together };
    const sums = columnSums(pixelBlocks(rows, correlation, columns), kernel, {
      correlation,
      groups,
      columns,
    });
    return view(sumGroups(view(sums, [groups, a * kh * together * b])), [
      a / block * kh,
      together * b * block,
    ]);
  });
  const all = concat(parts, { axis: 1 }); // [a / block, kh, kw, b, block]
  const plain = toPlain(blockedView(all, [a / block, block, kh * kw, b])); // [a / block, block, kh kw, b]
  return view(transpose(view(plain, [a, kh * kw, b]), [0, 2, 1]), [a, b, kh, kw]);
}

function sumGroups(sums: Value): Value {
  if (sums.shape[0] === 1) return sums;
  return sums.graph.emit("ReduceSum", [sums, sums.graph.integers(0)], [sums.shape[1]], {
    attributes: { keepdims: 0 },
  });
}

/** Range of columns of the layer's kernel that are processed at once. */
interface Columns {
  readonly first: number;
  readonly count: number;
}

/** Sums for some columns of the kernel: [groups, a / block, kh, count, b, block]. */
function columnSums(
  blocks: Value, // [n, H, count, w / block, b, block]
  kernel: Value, // [groups, a / block, n / groups, h, w / block, block, block]
  { correlation: { still, moved, geo, trailing }, groups, columns: { count } }: {
    correlation: Correlation;
    groups: number;
    columns: Columns;
  },
): Value {
  const g = still.graph, block = g.channelBlock;
  const [n, a, h, w] = still.shape, [, b, tall] = moved.shape, across = w / block;
  const image = view(blocks, [1, n * block, tall * count, across * b]);
  const all = [image, view(kernel, [groups * a, n / groups * block, h, across])];
  return g.emit(blockedOp("Conv"), all, [1, groups * a, geo.kernel[0] * count, b], {
    layout: "blocked",
    attributes: {
      kernel_shape: [h, across],
      strides: [1, 1],
      dilations: [geo.stride[0] * count, b],
      pads: [geo.padding[0] * count, 0, trailing[0] * count, 0],
      group: groups,
    },
  });
}

/** Moves the batch axis next to the pixels: [n, a / block, h w, block] to [a / block, n, h w, block]. */
function imagesInside(still: Value): Value {
  const [n, a, h, w] = still.shape, block = still.graph.channelBlock;
  if (a === block) return toBlocks(still);
  return transpose(view(toBlocks(still), [n, a / block, h * w * block]), [1, 0, 2]);
}

/**
 * For some columns of the kernel, the pixels of `moved` that each block of neighbouring pixels of `still` is multiplied
 * with: [n, H, count, w / block, b, block]. They are selected by a convolution with ones and zeros, which is faster
 * than nodes that copy.
 */
function pixelBlocks(
  rows: Value, // [n, H, W, b]
  { still, geo, trailing }: Correlation,
  { first, count }: Columns,
): Value {
  const g = rows.graph, block = g.channelBlock;
  const [n, tall, wide, b] = rows.shape, step = geo.stride[1], span = (block - 1) * step + geo.kernel[1];
  const pick = new Float32Array(count * span * block); // [count, 1, span, 1, block]
  for (let k = 0; k < count; k++) {
    for (let lane = 0; lane < block; lane++) pick[(k * span + lane * step + first + k) * block + lane] = 1;
  }
  const all = [view(rows, [n * tall, 1, wide, b]), g.constant(pick, [count * block, 1, span, 1])];
  return g.emit(blockedOp("Conv"), all, [n * tall, count * block, still.shape[3] / block, b], {
    layout: "blocked",
    attributes: {
      kernel_shape: [span, 1],
      strides: [block * step, 1],
      dilations: [1, 1],
      pads: [geo.padding[1], 0, trailing[1], 0],
      group: 1,
    },
  });
}

/** Size in bytes of the pixel blocks of one column of the layer's kernel. */
function pixelBlocksBytes({ still, moved }: Correlation): number {
  const [n, b, tall] = moved.shape;
  return 4 * n * tall * b * still.shape[3];
}
