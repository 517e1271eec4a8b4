import { blockedOp, fillsBlocks, toBlocks, toPlain, view } from "./channel_blocks.ts";
import type { Geometry } from "./convolution_geometry.ts";
import { add } from "./elementwise.ts";
import type { Graph, Value } from "./graph.ts";
import { transpose } from "./shapes.ts";

/** Zeros added at the top, the left, the bottom and the right. */
export type Pads = readonly [number, number, number, number];

/** What {@linkcode convolve} needs beside image and kernel. */
export interface ConvolveOptions {
  geo: Pick<Geometry, "stride" | "dilation">;
  pads: Pads;
  /** [co] */
  bias?: Value | null;
  /** An image to be added to the result, [n, co, ho, wo]. */
  plus?: Value | null;
}

/**
 * A convolution without a gradient of its own, in blocks where channels fill them.
 *
 * @param x [n, ci, h, w]
 * @param weight [co, ci, kh, kw]
 * @returns [n, co, ho, wo]
 */
export function convolve(x: Value, weight: Value, { geo, pads, bias, plus }: ConvolveOptions): Value {
  const [co, ci, kh, kw] = weight.shape;
  if (runsInBlocks(x.graph, { from: ci, to: co })) {
    return convolveBlocks(x, packKernel(weight), { geo, pads, bias, plus });
  }
  const shape = [x.shape[0], co, ...convolvedSize(x, [kh, kw], { geo, pads })];
  const out = x.graph.emit("Conv", bias ? [x, weight, bias] : [x, weight], shape, {
    attributes: attributesOf([kh, kw], { geo, pads }),
  });
  return plus ? add(out, plus) : out;
}

/** Whether onnxruntime's blocked convolution takes it: fewer channels than a block come in, or whole blocks. */
export function runsInBlocks(g: Graph, { from, to }: { from: number; to: number }): boolean {
  return fillsBlocks(g, to) && (from < g.channelBlock || fillsBlocks(g, from));
}

/**
 * A kernel [co, ci, kh, kw] in the order of the blocked convolution: [co / b, ci / b, kh, kw, b of ci, b of co], or
 * [co / b, ci, kh, kw, b of co] for fewer than b input channels. The last two axes of the former are given as one.
 */
export function packKernel(weight: Value): Value {
  const b = weight.graph.channelBlock, [co, ci, kh, kw] = weight.shape;
  const packed = innermost(view(weight, [co / b, b, ci * kh * kw])); // [co / b, ci, kh kw, b]
  if (ci < b) return view(packed, [co / b, ci, kh, kw, b]);
  const pairs = transpose(view(packed, [co / b, ci / b, b, kh * kw, b]), [0, 1, 3, 2, 4]);
  return view(pairs, [co / b, ci / b, kh, kw, b * b]);
}

/** The kernel [from, to, kh, kw] of a transposed convolution, turned by 180 degrees and packed as one from `from` to `to` channels. */
export function packTurnedKernel(weight: Value): Value {
  const g = weight.graph, b = g.channelBlock, [from, to, kh, kw] = weight.shape, cells = kh * kw;
  const packed = innermost(view(weight, [from * to / b, b, cells])); // [from, to / b, kh kw, b]
  const [shape, order, last] = from < b
    ? [[from, to / b, cells, b], [1, 0, 2, 3], b]
    : [[from / b, b, to / b, cells, b], [2, 0, 3, 1, 4], b * b];
  const swapped = view(transpose(view(packed, shape), order), [
    to / b,
    from < b ? from : from / b,
    cells,
    last,
  ]);
  const backwards = [g.integers(-1), g.integers(-cells - 1), g.integers(2), g.integers(-1)];
  const turned = cells === 1 ? swapped : g.emit("Slice", [swapped, ...backwards], swapped.shape);
  return view(turned, [...swapped.shape.slice(0, 2), kh, kw, last]);
}

/** [n, b, k] to [n, k, b]: putting an image's channels in blocks is the fastest way to exchange two axes. */
function innermost(x: Value): Value {
  const [n, b, k] = x.shape;
  return view(toBlocks(view(x, [n, b, k, 1])), [n, k, b]);
}

/** The blocked convolution of an image with a packed kernel. */
export function convolveBlocks(
  x: Value,
  packed: Value,
  { geo, pads, bias = null, plus = null }: ConvolveOptions,
): Value {
  const g = x.graph, [n, ci] = x.shape;
  const co = packed.shape[0] * g.channelBlock, kernel = [packed.shape[2], packed.shape[3]];
  const shape = [n, co, ...convolvedSize(x, kernel, { geo, pads })];
  const image = ci < g.channelBlock ? toPlain(x) : toBlocks(x);
  const all = [image, view(packed, [co, ci, ...kernel]), bias, plus && toBlocks(plus)];
  while (!all.at(-1)) all.pop(); // absent inputs at the end are left out
  return g.emit(blockedOp("Conv"), all, shape, {
    attributes: attributesOf(kernel, { geo, pads }),
    layout: "blocked",
  });
}

function convolvedSize(
  { shape: [, , h, w] }: Value,
  [kh, kw]: readonly number[],
  { geo: { stride, dilation }, pads: [top, left, bottom, right] }: Pick<ConvolveOptions, "geo" | "pads">,
): [number, number] {
  return [
    Math.floor((h + top + bottom - dilation[0] * (kh - 1) - 1) / stride[0]) + 1,
    Math.floor((w + left + right - dilation[1] * (kw - 1) - 1) / stride[1]) + 1,
  ];
}

function attributesOf(kernel: readonly number[], { geo, pads }: Pick<ConvolveOptions, "geo" | "pads">) {
  return { kernel_shape: kernel, strides: geo.stride, dilations: geo.dilation, pads };
}
