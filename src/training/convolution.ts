import {
  convolutionAttributes,
  type ConvolutionOptions,
  convolvedSize,
  type Geometry,
  geometry,
  reach,
  transposedSize,
} from "./convolution_geometry.ts";
import { convolutionWeightGradient } from "./convolution_weight_gradient.ts";
import type { Shape, Value } from "./graph.ts";
import { sum } from "./reductions.ts";

/**
 * 2-D convolution (cross-correlation, as everywhere in deep learning), PyTorch's layout.
 *
 * Gradients: Dumoulin and Visin 2016, arXiv:1603.07285, ch. 4 (input); `convolutionWeightGradient` (weight).
 *
 * @param x [n, ci, h, w]
 * @param weight [co, ci, kh, kw]
 * @param options.bias [co]
 * @returns [n, co, ho, wo], ho = floor((h + 2 p - d (kh - 1) - 1) / s) + 1
 */
export function conv2d(
  x: Value,
  weight: Value,
  { bias, ...moves }: ConvolutionOptions & { bias?: Value } = {},
): Value {
  const [n, ci] = x.shape, [co] = weight.shape;
  requireImages("conv2d", x, weight, { bias, channels: weight.shape[1] === ci, outputs: co });
  const geo = geometry("conv2d", weight.shape, moves);
  const all = bias ? [x, weight, bias] : [x, weight];
  const out = x.graph.emit("Conv", all, [n, co, ...convolvedSize(x.shape, geo)], {
    attributes: convolutionAttributes(geo),
  });
  return x.graph.differentiable(out, all, (d, wanted) => [
    wanted(x) ? convolutionInputGradient(d, weight, { geo, input: x.shape }) : null,
    wanted(weight) ? convolutionWeightGradient(x, d, geo) : null,
    ...(bias ? [sum(d, { axes: [0, 2, 3] })] : []),
  ]);
}

/**
 * Transposed 2-D convolution: the input gradient of {@linkcode conv2d} as a layer. PyTorch's layout.
 *
 * Gradients: those of a convolution with the roles of input and output swapped (Dumoulin and Visin, ch. 4).
 *
 * @param x [n, ci, h, w]
 * @param weight [ci, co, kh, kw]
 * @param options.bias [co]
 * @returns [n, co, ho, wo], ho = (h - 1) s - 2 p + d (kh - 1) + 1
 */
export function convTranspose2d(
  x: Value,
  weight: Value,
  { bias, ...moves }: ConvolutionOptions & { bias?: Value } = {},
): Value {
  const g = x.graph;
  const [n, ci] = x.shape, co = weight.shape[1];
  requireImages("convTranspose2d", x, weight, { bias, channels: weight.shape[0] === ci, outputs: co });
  const geo = geometry("convTranspose2d", weight.shape, moves);
  const all = bias ? [x, weight, bias] : [x, weight];
  const attributes = convolutionAttributes(geo);
  const out = g.emit("ConvTranspose", all, [n, co, ...transposedSize(x.shape, geo)], { attributes });
  return g.differentiable(out, all, (d, wanted) => [
    wanted(x) ? g.emit("Conv", [d, weight], x.shape, { attributes }) : null,
    wanted(weight) ? convolutionWeightGradient(d, x, geo) : null,
    ...(bias ? [sum(d, { axes: [0, 2, 3] })] : []),
  ]);
}

/**
 * dL/dx of a convolution. At stride 1 it is a convolution of the output gradient with the kernel turned by 180
 * degrees and its channels swapped, which onnxruntime computes twice as fast as a transposed one.
 */
function convolutionInputGradient(
  d: Value, // [n, co, ho, wo]
  weight: Value, // [co, ci, kh, kw]
  { geo, input }: { geo: Geometry; input: Shape },
): Value {
  const g = d.graph;
  const rest = ([0, 1] as const).map((axis) => reach(geo, axis) - 1 - geo.padding[axis]) as [number, number];
  if (geo.stride[0] === 1 && geo.stride[1] === 1 && Math.min(...rest) >= 0) {
    const [kh, kw] = geo.kernel;
    const turned = kh * kw === 1 ? weight : g.emit("Slice", [
      weight,
      g.integers(-1, -1),
      g.integers(-kh - 1, -kw - 1),
      g.integers(2, 3),
      g.integers(-1, -1),
    ], weight.shape);
    const [co, ci] = weight.shape;
    const swapped = g.emit("Transpose", [turned], [ci, co, kh, kw], { attributes: { perm: [1, 0, 2, 3] } });
    return g.emit("Conv", [d, swapped], input, {
      attributes: convolutionAttributes({ ...geo, padding: rest }),
    });
  }
  // rows and columns that the last stride did not reach get a zero gradient
  const [h, w] = transposedSize(d.shape, geo);
  return g.emit("ConvTranspose", [d, weight], input, {
    attributes: { ...convolutionAttributes(geo), output_padding: [input[2] - h, input[3] - w] },
  });
}

function requireImages(
  op: string,
  x: Value,
  weight: Value,
  { bias, channels, outputs }: { bias?: Value; channels: boolean; outputs: number },
): void {
  const fits = x.shape.length === 4 && weight.shape.length === 4 && channels &&
    (!bias || (bias.shape.length === 1 && bias.shape[0] === outputs));
  if (fits) return;
  const layout = op === "conv2d" ? "[co, ci, kh, kw]" : "[ci, co, kh, kw]";
  throw new TypeError(
    `Cannot build ${op}: it takes x [n, ci, h, w], weight ${layout} and bias [co], got [${x.shape}], ` +
      `[${weight.shape}]` + (bias ? ` and [${bias.shape}]` : ""),
  );
}
