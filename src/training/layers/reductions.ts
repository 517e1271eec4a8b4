/** Sums and means over axes. The gradient of a sum is the output's gradient, repeated over the summed axes. */
import { multiply, shapeList } from "./elementwise.ts";
import { type Shape, sizeOf, type Value } from "../graph/graph.ts";

/** Axes to reduce, and whether to keep them with size 1. */
export interface ReduceOptions {
  /** Axes from 0. @default {all} */
  axes?: readonly number[];
  /** Keep the reduced axes with size 1. @default {false} */
  keep?: boolean;
}

/**
 * Sum over axes; a scalar [] if over all of them and `keep` is false.
 *
 * @throws {RangeError} if there is no such axis.
 */
export function sum(x: Value, { axes = x.shape.map((_, k) => k), keep = false }: ReduceOptions = {}): Value {
  const g = x.graph;
  const kept = reducedShape("sum", x.shape, axes);
  const shape = keep ? kept : kept.filter((_, axis) => !axes.includes(axis));
  const out = g.emit("ReduceSum", [x, g.integers(...axes)], shape, {
    attributes: { keepdims: keep ? 1 : 0 },
  });
  return g.differentiable(out, [x], (d) => [
    g.emit("Expand", [g.emit("Reshape", [d, shapeList(g, kept)], kept), shapeList(g, x.shape)], x.shape),
  ]);
}

/**
 * Mean over axes; a scalar [] if over all of them and `keep` is false.
 *
 * @throws {RangeError} if there is no such axis.
 */
export function mean(x: Value, { axes = x.shape.map((_, k) => k), keep = false }: ReduceOptions = {}): Value {
  const count = sizeOf(axes.map((axis) => x.shape[axis]));
  return multiply(sum(x, { axes, keep }), 1 / count);
}

function reducedShape(op: string, shape: Shape, axes: readonly number[]): number[] {
  for (const axis of axes) {
    if (!Number.isInteger(axis) || axis < 0 || axis >= shape.length) {
      throw new RangeError(
        `Cannot build ${op}: axes must be 0 to ${shape.length - 1} of [${shape}], got ${axis}`,
      );
    }
  }
  return shape.map((size, axis) => axes.includes(axis) ? 1 : size);
}
