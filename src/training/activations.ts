/** Nonlinearities, element by element; the shape stays. */
import { add, multiply, subtract, whereGreater } from "./elementwise.ts";
import type { Value } from "./graph.ts";

/** max(x, 0) (Nair and Hinton 2010); gradient 0 at 0, as in PyTorch. */
export function relu(x: Value): Value {
  const y = x.graph.emit("Relu", [x], x.shape);
  return x.graph.differentiable(y, [x], (d) => [whereGreater(y, { yes: d, no: 0 })]);
}

/** x where positive, else slope * x (Maas et al. 2013). */
export function leakyRelu(x: Value, { slope = 0.01 }: { slope?: number } = {}): Value {
  if (!(slope > 0)) throw new RangeError(`Cannot build leakyRelu: the slope is above 0, got ${slope}`);
  const y = x.graph.emit("LeakyRelu", [x], x.shape, { attributes: { alpha: { float: slope } } });
  return x.graph.differentiable(y, [x], (d) => [whereGreater(y, { yes: d, no: multiply(d, slope) })]);
}

/** 1 / (1 + e^-x); derivative y (1 - y). */
export function sigmoid(x: Value): Value {
  const y = x.graph.emit("Sigmoid", [x], x.shape);
  return x.graph.differentiable(y, [x], (d) => [multiply(d, multiply(y, subtract(1, y)))]);
}

/** log(1 + e^x), exact for large |x|; derivative sigmoid(x). */
export function softplus(x: Value): Value {
  const y = x.graph.emit("Softplus", [x], x.shape);
  return x.graph.differentiable(y, [x], (d) => [multiply(d, sigmoid(x))]);
}

/** x sigmoid(x), also called swish (Elfwing et al. 2018, arXiv:1702.03118); derivative s (1 + x (1 - s)). */
export function silu(x: Value): Value {
  const s = x.graph.emit("Sigmoid", [x], x.shape);
  const y = x.graph.emit("Mul", [x, s], x.shape);
  return x.graph.differentiable(y, [x], (d) => [multiply(d, multiply(s, add(1, subtract(x, y))))]);
}

/** Hyperbolic tangent; derivative 1 - y^2. */
export function tanh(x: Value): Value {
  const y = x.graph.emit("Tanh", [x], x.shape);
  return x.graph.differentiable(y, [x], (d) => [multiply(d, subtract(1, multiply(y, y)))]);
}
