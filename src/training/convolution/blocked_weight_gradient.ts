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
import { turnKernel } from "./turn_kernel.ts";

/** Pixel blocks of all columns are made at once up to this size: it saves time and costs memory. */
const LARGEST_BYTES = 2 ** 25;

/** Two images of which one is moved over the other: out[a, b, i, j] = sum of still[n, a, y, x] moved[n, b, s y + i - p, ...]. */
interface Correlation {
  readonly still: Value; // [n, a, h, w]
  readonly moved: Value; // [n, b, H, W]
  readonly geo: Geometry;
  /** Zeros below and to the right of `moved`, so that exactly the kernel's positions are seen. */
  readonly trailing: readonly [number, number];
}

/**
 * {@linkcode convolutionWeightGradient} in blocks, or null where sizes do not fit. `trailing` is not negative.
 *
 * The sum over pixels is itself a convolution: `still` is its kernel, as large as the image, and `moved` its input. Blocks of
 * channels are of no use for that, as the sum runs over pixels; but a row of `still` in blocks of its channels is, just as it
 * lies in memory, a kernel for input channels that are blocks of neighbouring PIXELS. So `moved` is put in such blocks, once
 * for each column of the layer's kernel; over its rows the convolution moves by itself. At stride 1 either image can be the
 * moved one, and the thinner is.
 */
export function blockedWeightGradient(
  big: Value,
  small: Value,
  { geo, trailing }: Omit<Correlation, "still" | "moved">,
): Value | null {
  if (geo.dilation[0] !== 1 || geo.dilation[1] !== 1) return null;
  const straight: Correlation = { still: small, moved: big, geo, trailing };
  const turned = exchanged(straight);
  const thinner = big.shape[1] > small.shape[1];
  if (turned && fits(turned) && (thinner || !fits(straight))) return turnKernel(correlate(turned));
  return fits(straight) ? correlate(straight) : null;
}

function fits({ still }: Correlation): boolean {
  const { graph: g, shape: [, channels, , width] } = still;
  return fillsBlocks(g, channels) && width % g.channelBlock === 0;
}

/** At stride 1, the same sum with the other image moved; the result is the turned kernel. */
function exchanged({ still, moved, geo, trailing }: Correlation): Correlation | null {
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
  // one sum an image and then their sum, or one over all images: whichever moves fewer numbers
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
    return view(overGroups(view(sums, [groups, a * kh * together * b])), [
      a / block * kh,
      together * b * block,
    ]);
  });
  const all = concat(parts, { axis: 1 }); // [a / block, kh, kw, b, block]
  const plain = toPlain(blockedView(all, [a / block, block, kh * kw, b])); // [a / block, block, kh kw, b]
  return view(transpose(view(plain, [a, kh * kw, b]), [0, 2, 1]), [a, b, kh, kw]);
}

function overGroups(sums: Value): Value {
  if (sums.shape[0] === 1) return sums;
  return sums.graph.emit("ReduceSum", [sums, sums.graph.integers(0)], [sums.shape[1]], {
    attributes: { keepdims: 0 },
  });
}

/** Columns of the layer's kernel that are taken at once. */
interface Columns {
  readonly first: number;
  readonly count: number;
}

/** Some columns of the kernel: [groups, a / block, kh, count, b, block]. */
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

/** The images innermost but for the pixels: [n, a / block, h w, block] to [a / block, n, h w, block]. */
function imagesInside(still: Value): Value {
  const [n, a, h, w] = still.shape, block = still.graph.channelBlock;
  if (a === block) return toBlocks(still);
  return transpose(view(toBlocks(still), [n, a / block, h * w * block]), [1, 0, 2]);
}

/**
 * Blocks of the pixels that blocks of `still`'s neighbouring pixels meet at some columns of the kernel:
 * [n, H, count, w / block, b, block]. Picking pixels with a convolution of ones and zeros is faster than any node that copies.
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

/** Bytes of one column's pixel blocks. */
function pixelBlocksBytes({ still, moved }: Correlation): number {
  const [n, b, tall] = moved.shape;
  return 4 * n * tall * b * still.shape[3];
}
