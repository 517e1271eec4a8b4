import { transpose } from "./shapes.ts";
import { sum } from "./reductions.ts";
import type { Value } from "../graph/graph.ts";

/**
 * Matrix product of a [n, k] and b [k, m] -> [n, m]; gradients d b^T and a^T d.
 *
 * @throws {TypeError} if the shapes do not fit.
 */
export function matmul(a: Value, b: Value): Value {
  if (a.shape.length !== 2 || b.shape.length !== 2 || a.shape[1] !== b.shape[0]) {
    throw new TypeError(`Cannot build matmul: it takes [n, k] and [k, m], got [${a.shape}] and [${b.shape}]`);
  }
  const out = a.graph.emit("MatMul", [a, b], [a.shape[0], b.shape[1]]);
  return a.graph.differentiable(out, [a, b], (d, wanted) => [
    wanted(a) ? matmul(d, transpose(b, [1, 0])) : null,
    wanted(b) ? matmul(transpose(a, [1, 0]), d) : null,
  ]);
}

/**
 * Linear layer x W^T + b, with PyTorch's layout of the weight.
 *
 * @param x [n, inputs]
 * @param weight [outputs, inputs]
 * @param options.bias [outputs]
 * @returns [n, outputs]
 * @throws {TypeError} if the shapes do not fit.
 */
export function linear(x: Value, weight: Value, { bias }: { bias?: Value } = {}): Value {
  const g = x.graph;
  const [n, inputs] = x.shape;
  const [outputs] = weight.shape;
  const fits = x.shape.length === 2 && weight.shape.length === 2 && weight.shape[1] === inputs &&
    (!bias || (bias.shape.length === 1 && bias.shape[0] === outputs));
  if (!fits) {
    throw new TypeError(
      `Cannot build linear: it takes x [n, i], weight [o, i] and bias [o], got [${x.shape}], [${weight.shape}]` +
        (bias ? ` and [${bias.shape}]` : ""),
    );
  }
  const all = bias ? [x, weight, bias] : [x, weight];
  const out = g.emit("Gemm", all, [n, outputs], { attributes: { transB: 1 } });
  return g.differentiable(out, all, (d, wanted) => [
    wanted(x) ? g.emit("MatMul", [d, weight], x.shape) : null, // [n, o] [o, i]
    wanted(weight) ? g.emit("Gemm", [d, x], weight.shape, { attributes: { transA: 1 } }) : null, // [o, n] [n, i]
    ...(bias ? [sum(d, { axes: [0] })] : []),
  ]);
}
