/**
 * Elementwise arithmetic with the broadcasting rules of ONNX and NumPy: axes are matched from the last, and an axis
 * that is missing or has size 1 is repeated. Gradients are the usual derivatives, summed over repeated axes.
 * Operations throw a TypeError if the shapes do not fit.
 */
import { toBlocks, toPlain } from "../graph/channel_blocks.ts";
import { type Builder, type NodeOptions, type Shape, sizeOf, type Value } from "../graph/graph.ts";

/** An array, or one number that applies to every element. */
export type Operand = Value | number;

/** a + b. */
export function add(a: Operand, b: Operand): Value {
  const [x, y] = pair("add", a, b);
  return binary("Add", x, y, (d) => [() => d, () => d]);
}

/** a - b. */
export function subtract(a: Operand, b: Operand): Value {
  const [x, y] = pair("subtract", a, b);
  return binary("Sub", x, y, (d) => [() => d, () => negate(d)]);
}

/** a b. */
export function multiply(a: Operand, b: Operand): Value {
  const [x, y] = pair("multiply", a, b);
  return binary("Mul", x, y, (d) => [() => multiply(d, y), () => multiply(d, x)]);
}

/** a / b. */
export function divide(a: Operand, b: Operand): Value {
  const [x, y] = pair("divide", a, b);
  const quotient: Value = binary("Div", x, y, (d) => [
    () => divide(d, y),
    () => negate(multiply(divide(d, y), quotient)),
  ]);
  return quotient;
}

/** -x. */
export function negate(x: Value): Value {
  return unary("Neg", x, (d) => negate(d));
}

/** e^x. */
export function exp(x: Value): Value {
  const y: Value = unary("Exp", x, (d) => multiply(d, y));
  return y;
}

/** Natural logarithm, for x > 0. */
export function log(x: Value): Value {
  return unary("Log", x, (d) => divide(d, x));
}

/** Square root, for x > 0. */
export function sqrt(x: Value): Value {
  const y: Value = unary("Sqrt", x, (d) => divide(multiply(d, 0.5), y));
  return y;
}

/** x squared. */
export function square(x: Value): Value {
  return multiply(x, x);
}

/** 1 / sqrt(x), for x > 0. */
export function reciprocalSqrt(x: Value): Value {
  const y = emitElementwise("Reciprocal", [emitElementwise("Sqrt", [x])]);
  return x.graph.differentiable(y, [x], (d) => [multiply(d, multiply(multiply(y, -0.5), square(y)))]);
}

/** |x|; the gradient at 0 is 0. */
export function absolute(x: Value): Value {
  return unary("Abs", x, (d) => multiply(d, emitElementwise("Sign", [x])));
}

/** `yes` where x > threshold, `no` elsewhere. Differentiable in `yes` and `no`, not in x. */
export function whereGreater(
  x: Value,
  { threshold = 0, yes, no }: { threshold?: number; yes: Operand; no: Operand },
): Value {
  const g = x.graph;
  const [a, b] = [operand(g, yes), operand(g, no)];
  broadcastShape("whereGreater", x.shape, a.shape, b.shape);
  const alike = [a, b].every((v) => v.size === 1 || sameShape(v.shape, x.shape));
  const mask = emitElementwise("Greater", [alike ? x : toPlain(x), g.number(threshold)], { type: "bool" });
  const out = emitElementwise("Where", [mask, a, b]);
  const chosen = (d: Value, when: Value, take: boolean) => {
    const masked = emitElementwise("Where", take ? [mask, d, g.number(0)] : [mask, g.number(0), d]);
    return sumTo(masked, when.shape);
  };
  return g.differentiable(out, [a, b], (d, wanted) => [
    wanted(a) ? chosen(d, a, true) : null,
    wanted(b) ? chosen(d, b, false) : null,
  ]);
}

/**
 * Emits an elementwise node. All its arrays must have the same memory layout: if one is blocked and all have the same
 * shape, the others are converted to blocks; otherwise all are converted to the plain layout.
 */
export function emitElementwise(
  op: string,
  operands: readonly Value[],
  options: Pick<NodeOptions, "attributes" | "type"> = {},
): Value {
  const shape = broadcastShape(op, ...operands.map((v) => v.shape));
  const arrays = operands.filter((v) => v.size > 1);
  const inBlocks = arrays.some((v) => v.layout === "blocked") &&
    arrays.every((v) => sameShape(v.shape, shape) && (v.layout === "blocked" || v.type === "float32"));
  if (!inBlocks) return operands[0].graph.emit(op, operands, shape, options);
  const alike = operands.map((v) => v.size > 1 ? toBlocks(v) : v);
  return operands[0].graph.emit(op, alike, shape, { ...options, layout: "blocked" });
}

/** The shape of the result when arrays of these shapes are broadcast. @throws {TypeError} if they do not fit. */
export function broadcastShape(op: string, ...shapes: Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const size = Math.max(...sizes);
    if (sizes.every((s) => s === 1 || s === size)) return size;
    throw new TypeError(
      `Cannot build ${op}: sizes must be equal or 1 on every axis, got ${
        shapes.map((s) => `[${s}]`).join(" and ")
      }`,
    );
  });
}

/** Sums a gradient over the axes along which an array of `shape` had been repeated. */
export function sumTo(gradient: Value, shape: Shape): Value {
  const extra = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((size, axis) =>
    axis < extra || (shape[axis - extra] === 1 && size !== 1) ? [axis] : []
  );
  const g = gradient.graph;
  if (axes.length === 0) return gradient;
  const kept = gradient.shape.map((size, axis) => axes.includes(axis) ? 1 : size);
  const summed = g.emit("ReduceSum", [gradient, g.integers(...axes)], kept, { attributes: { keepdims: 1 } });
  return extra === 0 ? summed : g.emit("Reshape", [summed, shapeList(g, shape)], shape);
}

/** An operand as a value of the graph. */
export function operand(g: Builder, x: Operand): Value {
  return typeof x === "number" ? g.number(x) : x;
}

/** The constant list that Reshape and Expand take; an empty list reshapes to a scalar. */
export function shapeList(g: Builder, shape: Shape): Value {
  return g.integers(...shape);
}

function pair(op: string, a: Operand, b: Operand): [Value, Value] {
  const g = typeof a === "number" ? (typeof b === "number" ? null : b.graph) : a.graph;
  if (!g) throw new TypeError(`Cannot build ${op}: at least one operand must be an array, got ${a} and ${b}`);
  const both: [Value, Value] = [operand(g, a), operand(g, b)];
  broadcastShape(op, both[0].shape, both[1].shape);
  return both;
}

function binary(op: string, a: Value, b: Value, derivative: (d: Value) => (() => Value)[]): Value {
  const out = emitElementwise(op, [a, b]);
  return a.graph.differentiable(out, [a, b], (d, wanted) => {
    const [da, db] = derivative(d);
    return [wanted(a) ? sumTo(da(), a.shape) : null, wanted(b) ? sumTo(db(), b.shape) : null];
  });
}

function unary(op: string, x: Value, derivative: (d: Value) => Value): Value {
  const out = emitElementwise(op, [x]);
  return x.graph.differentiable(out, [x], (d) => [derivative(d)]);
}

/** Whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && sizeOf(a) === sizeOf(b) && a.every((size, axis) => size === b[axis]);
}
