import { blockedOp, fillsBlocks, toBlocks, toPlain, view } from "../graph/channel_blocks.ts";
import type { Geometry } from "./convolution_geometry.ts";
import { add } from "../layers/elementwise.ts";
import type { Builder, Value } from "../graph/graph.ts";
import { packKernel } from "./pack_kernel.ts";

/** Zeros added at the top, the left, the bottom and the right. */
export type Pads = readonly [number, number, number, number];

/** Options of {@linkcode convolve}. */
export interface ConvolveOptions {
  geo: Pick<Geometry, "stride" | "dilation">;
  pads: Pads;
  /** Added to each output channel, [co]. */
  bias?: Value | null;
  /** An image that is added to the result, [n, co, ho, wo]. */
  plus?: Value | null;
}

/**
 * A convolution that is not recorded for differentiation. It runs in blocks if the numbers of channels allow it.
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

/**
 * Whether onnxruntime's blocked convolution supports these numbers of channels: the outputs must fill whole blocks; the
 * inputs must fill whole blocks or be fewer than one block.
 */
export function runsInBlocks(g: Builder, { from, to }: { from: number; to: number }): boolean {
  return fillsBlocks(g, to) && (from < g.channelBlock || fillsBlocks(g, from));
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
  while (!all.at(-1)) all.pop(); // absent inputs at the end are omitted
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
