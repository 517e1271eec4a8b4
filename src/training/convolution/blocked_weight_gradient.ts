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

/** Cross-correlation of two images: out[a, b, i, j] = sum of fixed[n, a, y, x] shifted[n, b, s y + i - p, ...]. */
interface Correlation {
  readonly fixed: Value; // [n, a, h, w]
  readonly shifted: Value; // [n, b, H, W]
  readonly geo: Geometry;
  /** Zeros added below and to the right of `shifted`, so that the result has exactly one value per kernel cell. */
  readonly trailing: readonly [number, number];
}

/**
 * {@linkcode convolutionWeightGradient} for blocked images, or null if the sizes do not fit or the dilation is not 1.
 * `trailing` must not be negative.
 *
 * The sum over pixels is itself a convolution, with `shifted` as input and `fixed` as a kernel as large as the image.
 * Blocks of channels do not help directly, because the sum runs over pixels. But in blocked layout `fixed` lies in
 * memory as [n, a / block, h, w / block, block of pixels, block of channels]. This is also the layout of a kernel whose
 * input channels are the pixels of a block and whose output channels are the channels of `fixed`. Therefore `shifted`
 * is rearranged into such blocks of pixels, once per column of the layer's kernel. Its rows need no copies, because the
 * convolution moves over them. At stride 1 either image can be `shifted`; the one with fewer channels is chosen.
 */
export function blockedWeightGradient(
  big: Value,
  small: Value,
  { geo, trailing }: Omit<Correlation, "fixed" | "shifted">,
): Value | null {
  if (geo.dilation[0] !== 1 || geo.dilation[1] !== 1) return null;
  const direct: Correlation = { fixed: small, shifted: big, geo, trailing };
  const swapped = withRolesSwapped(direct);
  const smallHasFewer = big.shape[1] > small.shape[1];
  if (swapped && fits(swapped) && (smallHasFewer || !fits(direct))) return rotateKernel(correlate(swapped));
  return fits(direct) ? correlate(direct) : null;
}

function fits({ fixed }: Correlation): boolean {
  const { graph: g, shape: [, channels, , width] } = fixed;
  return fillsBlocks(g, channels) && width % g.channelBlock === 0;
}

/**
 * The same sum with the roles of the images swapped; its result is the rotated kernel. Null if the stride is not 1, or
 * if a padding would become negative.
 */
function withRolesSwapped({ fixed, shifted, geo, trailing }: Correlation): Correlation | null {
  const { stride, kernel, padding } = geo;
  if (stride[0] !== 1 || stride[1] !== 1) return null;
  const rest = ([0, 1] as const).map((axis) => kernel[axis] - 1 - padding[axis]) as [number, number];
  const after = ([0, 1] as const).map((axis) => kernel[axis] - 1 - trailing[axis]) as [number, number];
  if (Math.min(...rest, ...after) < 0) return null;
  return { fixed: shifted, shifted: fixed, geo: { ...geo, padding: rest }, trailing: after };
}

/** The correlation as [a, b, kh, kw]. */
function correlate(correlation: Correlation): Value {
  const { fixed, shifted, geo } = correlation;
  const g = fixed.graph, block = g.channelBlock;
  const [n, a] = fixed.shape, b = shifted.shape[1];
  const [kh, kw] = geo.kernel;
  // either one sum per image, added afterwards, or one sum over all images: whichever moves less data
  const groups = n * a * b * kh * kw <= fixed.size ? n : 1;
  const kernel = groups === n ? toBlocks(fixed) : imagesInside(fixed);
  const rows = channelsLast(shifted);
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
  { correlation: { fixed, shifted, geo, trailing }, groups, columns: { count } }: {
    correlation: Correlation;
    groups: number;
    columns: Columns;
  },
): Value {
  const g = fixed.graph, block = g.channelBlock;
  const [n, a, h, w] = fixed.shape, [, b, tall] = shifted.shape, across = w / block;
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
function imagesInside(fixed: Value): Value {
  const [n, a, h, w] = fixed.shape, block = fixed.graph.channelBlock;
  if (a === block) return toBlocks(fixed);
  return transpose(view(toBlocks(fixed), [n, a / block, h * w * block]), [1, 0, 2]);
}

/**
 * For some columns of the kernel: the pixels of `shifted` by which each block of neighbouring pixels of `fixed` is
 * multiplied, [n, H, count, w / block, b, block]. A convolution with ones and zeros selects them, which is faster than
 * nodes that copy.
 */
function pixelBlocks(
  rows: Value, // [n, H, W, b]
  { fixed, geo, trailing }: Correlation,
  { first, count }: Columns,
): Value {
  const g = rows.graph, block = g.channelBlock;
  const [n, tall, wide, b] = rows.shape, step = geo.stride[1], span = (block - 1) * step + geo.kernel[1];
  const pick = new Float32Array(count * span * block); // [count, 1, span, 1, block]
  for (let k = 0; k < count; k++) {
    for (let lane = 0; lane < block; lane++) pick[(k * span + lane * step + first + k) * block + lane] = 1;
  }
  const all = [view(rows, [n * tall, 1, wide, b]), g.constant(pick, [count * block, 1, span, 1])];
  return g.emit(blockedOp("Conv"), all, [n * tall, count * block, fixed.shape[3] / block, b], {
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
function pixelBlocksBytes({ fixed, shifted }: Correlation): number {
  const [n, b, tall] = shifted.shape;
  return 4 * n * tall * b * fixed.shape[3];
}
