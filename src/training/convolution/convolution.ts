import { channelSum } from "../layers/channel_statistics.ts";
import {
  type ConvolutionOptions,
  convolvedSize,
  type Geometry,
  geometry,
  symmetricPads,
  transposedSize,
} from "./convolution_geometry.ts";
import { convolutionWeightGradient } from "./convolution_weight_gradient.ts";
import { convolve, runsInBlocks } from "./convolve.ts";
import { convolveTransposed } from "./convolve_transposed.ts";
import { joinedParts, slice } from "../layers/shapes.ts";
import { requireShape, type Value } from "../graph/value.ts";

/**
 * 2-D convolution (cross-correlation, as is usual in deep learning), in PyTorch's layout.
 *
 * Gradients: Dumoulin and Visin 2016, arXiv:1603.07285, ch. 4 (input); `convolutionWeightGradient` (weight).
 *
 * @param x [n, ci, h, w]
 * @param weight [co, ci, kh, kw]
 * @param options.bias [co]
 * @returns [n, co, ho, wo], ho = floor((h + 2 p - d (kh - 1) - 1) / s) + 1
 * @throws {TypeError} if the shapes do not fit. @throws {RangeError} if stride, padding or dilation is out of range.
 */
export function conv2d(
  x: Value,
  weight: Value,
  { bias, ...moves }: ConvolutionOptions & { bias?: Value } = {},
): Value {
  requireImages("conv2d", x, weight, { bias, channels: weight.shape[1], outputs: weight.shape[0] });
  const geo = geometry("conv2d", weight.shape, moves);
  requireShape("conv2d", convolvedSize(x.shape, geo));
  const parts = joinedParts(x), [to] = weight.shape;
  if (!parts?.every(({ shape: [, from] }) => runsInBlocks(x.graph, { from, to }))) {
    return convolution(x, weight, { geo, bias });
  }
  // The convolution of concatenated images is the sum of their convolutions. Summing these avoids storing the
  // concatenated image and its gradient.
  let plus: Value | undefined, start = 0;
  for (const part of parts) {
    const end = start + part.shape[1];
    plus = convolution(part, slice(weight, { axis: 1, start, end }), {
      geo,
      bias: start === 0 ? bias : undefined,
      plus,
    });
    start = end;
  }
  return plus!;
}

function convolution(
  x: Value,
  weight: Value,
  { geo, bias, plus }: { geo: Geometry; bias?: Value; plus?: Value },
): Value {
  const out = convolve(x, weight, { geo, pads: symmetricPads(geo), bias, plus });
  const extras = [bias, plus].filter((value) => value !== undefined);
  return x.graph.differentiable(out, [x, weight, ...extras], (d, wanted) => [
    wanted(x) ? convolveTransposed(d, weight, { geo, shape: x.shape }) : null,
    wanted(weight) ? convolutionWeightGradient(x, d, geo) : null,
    ...(bias ? [channelSum(d)] : []),
    ...(plus ? [d] : []),
  ]);
}

/**
 * Transposed 2-D convolution: the input gradient of {@linkcode conv2d} as a layer, in PyTorch's layout.
 *
 * Gradients: those of a convolution with the roles of input and output swapped (Dumoulin and Visin, ch. 4).
 *
 * @param x [n, ci, h, w]
 * @param weight [ci, co, kh, kw]
 * @param options.bias [co]
 * @returns [n, co, ho, wo], ho = (h - 1) s - 2 p + d (kh - 1) + 1
 * @throws {TypeError} if the shapes do not fit. @throws {RangeError} if stride, padding or dilation is out of range.
 */
export function convTranspose2d(
  x: Value,
  weight: Value,
  { bias, ...moves }: ConvolutionOptions & { bias?: Value } = {},
): Value {
  const co = weight.shape[1];
  requireImages("convTranspose2d", x, weight, { bias, channels: weight.shape[0], outputs: co });
  const geo = geometry("convTranspose2d", weight.shape, moves);
  const shape = [x.shape[0], co, ...transposedSize(x.shape, geo)];
  requireShape("convTranspose2d", shape);
  const out = convolveTransposed(x, weight, { geo, shape, bias });
  return x.graph.differentiable(out, bias ? [x, weight, bias] : [x, weight], (d, wanted) => [
    wanted(x) ? convolve(d, weight, { geo, pads: symmetricPads(geo) }) : null,
    wanted(weight) ? convolutionWeightGradient(d, x, geo) : null,
    ...(bias ? [channelSum(d)] : []),
  ]);
}

function requireImages(
  op: string,
  x: Value,
  weight: Value,
  { bias, channels, outputs }: { bias?: Value; channels: number; outputs: number },
): void {
  const fits = x.shape.length === 4 && weight.shape.length === 4 && channels === x.shape[1] &&
    (!bias || (bias.shape.length === 1 && bias.shape[0] === outputs));
  if (fits) return;
  const layout = op === "conv2d" ? "[co, ci, kh, kw]" : "[ci, co, kh, kw]";
  throw new TypeError(
    `Cannot build ${op}: it takes x [n, ci, h, w], weight ${layout} and bias [co], got [${x.shape}], ` +
      `[${weight.shape}]` + (bias ? ` and [${bias.shape}]` : ""),
  );
}
