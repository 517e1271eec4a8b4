/** Elementwise nonlinearities; they keep the shape. */
import { affineInBlocks, withFollowUp } from "./channel_affine.ts";
import { add, emitElementwise, multiply, subtract, whereGreater } from "./elementwise.ts";
import type { Value } from "../graph/graph.ts";

/** max(x, 0) (Nair and Hinton 2010); gradient 0 at 0, as in PyTorch. */
export function relu(x: Value): Value {
  const y = withFollowUp(x, { op: "Relu" }) ?? emitElementwise("Relu", [x]);
  return x.graph.differentiable(y, [x], (d) => [passed(d, y, 0)]);
}

/**
 * x where positive, else slope * x (Maas et al. 2013).
 *
 * @throws {RangeError} unless the slope is above 0 and at most 1.
 */
export function leakyRelu(x: Value, { slope = 0.01 }: { slope?: number } = {}): Value {
  if (!(slope > 0 && slope <= 1)) {
    throw new RangeError(`Cannot build leakyRelu: the slope must be above 0 and at most 1, got ${slope}`);
  }
  const y = withFollowUp(x, { op: "LeakyRelu", numbers: [slope] }) ??
    emitElementwise("LeakyRelu", [x], { attributes: { alpha: { float: slope } } });
  return x.graph.differentiable(y, [x], (d) => [passed(d, y, slope)]);
}

/** Slope of a line so steep that the smallest normal float32 number is mapped to 1. */
const STEEP = 2 ** 126;

/**
 * d where y > 0, slope * d elsewhere. On the CPU the result is computed as a product with a steep line through 0 that
 * is clipped to [slope, 1], because onnxruntime vectorises these nodes, but not those that compare and select.
 */
function passed(d: Value, y: Value, slope: number): Value {
  const g = d.graph;
  if (g.device !== "cpu") return whereGreater(y, { yes: d, no: slope === 0 ? 0 : multiply(d, slope) });
  if (y.layout === "blocked" && slope > 0) {
    const c = y.shape[1], line = { scale: g.filled(STEEP, c), shift: g.filled(0, c) };
    return multiply(d, affineInBlocks(y, line, { op: "Clip", numbers: [slope, 1] }));
  }
  const step = emitElementwise("HardSigmoid", [y], {
    attributes: { alpha: { float: STEEP }, beta: { float: 0 } },
  });
  return multiply(d, slope > 0 ? emitElementwise("Max", [step, g.number(slope)]) : step);
}

/** 1 / (1 + e^-x); derivative y (1 - y). */
export function sigmoid(x: Value): Value {
  const y = emitElementwise("Sigmoid", [x]);
  return x.graph.differentiable(y, [x], (d) => [multiply(d, multiply(y, subtract(1, y)))]);
}

/** log(1 + e^x), without overflow for large x; derivative sigmoid(x). */
export function softplus(x: Value): Value {
  const y = x.graph.training && x.graph.device === "cpu"
    ? vectorSoftplus(x)
    : emitElementwise("Softplus", [x]);
  return x.graph.differentiable(y, [x], (d) => [multiply(d, sigmoid(x))]);
}

/**
 * max(x, 0) + log(1 + e^-|x|). These seven vectorised nodes are several times faster than the Softplus node, which is
 * not vectorised.
 */
function vectorSoftplus(x: Value): Value {
  const tail = emitElementwise("Exp", [emitElementwise("Neg", [emitElementwise("Abs", [x])])]);
  const log = emitElementwise("Log", [emitElementwise("Add", [tail, x.graph.number(1)])]);
  return emitElementwise("Add", [emitElementwise("Relu", [x]), log]);
}

/** x sigmoid(x), also called swish (Elfwing et al. 2018, arXiv:1702.03118); derivative s (1 + x (1 - s)). */
export function silu(x: Value): Value {
  const s = emitElementwise("Sigmoid", [x]);
  const y = emitElementwise("Mul", [x, s]);
  return x.graph.differentiable(y, [x], (d) => [multiply(d, multiply(s, add(1, subtract(x, y))))]);
}

/** Hyperbolic tangent; derivative 1 - y^2. */
export function tanh(x: Value): Value {
  const y = emitElementwise("Tanh", [x]);
  return x.graph.differentiable(y, [x], (d) => [multiply(d, subtract(1, multiply(y, y)))]);
}
