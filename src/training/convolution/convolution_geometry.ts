import type { Shape } from "../graph/graph.ts";

/** One number for both axes, or [vertical, horizontal]. */
export type Pair = number | readonly [number, number];

/** How a kernel moves over an image. */
export interface ConvolutionOptions {
  /** Pixels from one position to the next. @default {1} */
  stride?: Pair;
  /** Zeros added on every side. @default {0} */
  padding?: Pair;
  /** Distance of neighbouring kernel cells in pixels. @default {1} */
  dilation?: Pair;
}

/** Size of the kernel, and {@linkcode ConvolutionOptions} with defaults filled in; each as [vertical, horizontal]. */
export interface Geometry {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
}

/**
 * Checks the options and expands single numbers to both axes.
 *
 * @throws {RangeError} if a stride or dilation is not a whole number from 1, or a padding not one from 0.
 */
export function geometry(
  op: string,
  weight: Shape,
  { stride = 1, padding = 0, dilation = 1 }: ConvolutionOptions,
): Geometry {
  const both = (name: string, value: Pair, least: number): [number, number] => {
    const [v, h] = typeof value === "number" ? [value, value] : value;
    if (Number.isInteger(v) && Number.isInteger(h) && v >= least && h >= least) return [v, h];
    throw new RangeError(`Cannot build ${op}: ${name} must be a whole number from ${least}, got ${value}`);
  };
  return {
    kernel: [weight[2], weight[3]],
    stride: both("stride", stride, 1),
    padding: both("padding", padding, 0),
    dilation: both("dilation", dilation, 1),
  };
}

/** Output height and width of a convolution: floor((in + 2 p - d (k - 1) - 1) / s) + 1. */
export function convolvedSize(image: Shape, geo: Geometry): [number, number] {
  const size = (axis: 0 | 1) =>
    Math.floor((image[2 + axis] + 2 * geo.padding[axis] - reach(geo, axis)) / geo.stride[axis]) + 1;
  return [size(0), size(1)];
}

/** Output height and width of a transposed convolution: (in - 1) s - 2 p + d (k - 1) + 1. */
export function transposedSize(image: Shape, geo: Geometry): [number, number] {
  const size = (axis: 0 | 1) =>
    (image[2 + axis] - 1) * geo.stride[axis] - 2 * geo.padding[axis] + reach(geo, axis);
  return [size(0), size(1)];
}

/** Number of pixels that a kernel spans: d (k - 1) + 1. */
export function reach(geo: Geometry, axis: 0 | 1): number {
  return geo.dilation[axis] * (geo.kernel[axis] - 1) + 1;
}

/** Padding that is equal on opposite sides: top, left, bottom, right. */
export function symmetricPads({ padding: [top, left] }: Geometry): [number, number, number, number] {
  return [top, left, top, left];
}

/** The geometry as ONNX attributes. */
export function convolutionAttributes(geo: Geometry): Record<string, readonly number[]> {
  return {
    kernel_shape: geo.kernel,
    strides: geo.stride,
    dilations: geo.dilation,
    pads: symmetricPads(geo),
  };
}
