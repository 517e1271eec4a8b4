/** Operations that rearrange numbers without changing them. Each gradient reverses the rearrangement. */
import { fillsBlocks, toBlocks } from "../graph/channel_blocks.ts";
import { shapeList } from "./elementwise.ts";
import { type Shape, sizeOf, type Value } from "../graph/graph.ts";

/**
 * The same numbers, row-major, with a different shape of the same size. If the first size does not change, the node
 * copies it from the input, so an exported network accepts any batch size.
 *
 * @throws {TypeError} if the shape has another number of elements.
 */
export function reshape(x: Value, shape: Shape): Value {
  const g = x.graph;
  if (sizeOf(shape) !== x.size) {
    throw new TypeError(
      `Cannot build reshape: [${shape}] must hold ${sizeOf(shape)} numbers, got [${x.shape}]`,
    );
  }
  const keepsFirst = shape.length > 0 && shape[0] === x.shape[0];
  const target = keepsFirst ? g.integers(0, ...shape.slice(1)) : shapeList(g, shape);
  const out = g.emit("Reshape", [x, target], shape);
  return g.differentiable(out, [x], (d) => [reshape(d, x.shape)]);
}

/** Permutes axes: output axis k is input axis order[k]. @throws {TypeError} unless `order` names each axis once. */
export function transpose(x: Value, order: readonly number[]): Value {
  const g = x.graph;
  if (order.length !== x.shape.length || !x.shape.every((_, axis) => order.includes(axis))) {
    throw new TypeError(
      `Cannot build transpose: the order must name each axis of [${x.shape}] once, got [${order}]`,
    );
  }
  const out = g.emit("Transpose", [x], order.map((axis) => x.shape[axis]), { attributes: { perm: order } });
  return g.differentiable(out, [x], (d) => [transpose(d, order.map((_, axis) => order.indexOf(axis)))]);
}

/**
 * Concatenates arrays along one axis (default 1, the channels). All other sizes must be equal.
 *
 * @throws {TypeError} if they are not.
 */
export function concat(parts: readonly Value[], { axis = 1 }: { axis?: number } = {}): Value {
  const [first] = parts;
  if (!first) throw new TypeError("Cannot build concat: it takes at least one array, got none");
  const fits = parts.every((part) =>
    part.shape.length === first.shape.length &&
    part.shape.every((size, k) => k === axis || size === first.shape[k])
  );
  if (!fits || axis >= first.shape.length) {
    const got = parts.map((part) => `[${part.shape}]`).join(" and ");
    throw new TypeError(`Cannot build concat: sizes must be equal on every axis but ${axis}, got ${got}`);
  }
  const sizes = parts.map((part) => part.shape[axis]);
  const shape = first.shape.map((size, k) => k === axis ? sizes.reduce((a, b) => a + b, 0) : size);
  const g = first.graph;
  // whole blocks of channels can be concatenated without conversion
  const inBlocks = axis === 1 && parts.some((part) => part.layout === "blocked") &&
    sizes.every((size) => fillsBlocks(g, size));
  const out = inBlocks
    ? g.emit("Concat", parts.map(toBlocks), shape, { attributes: { axis }, layout: "blocked" })
    : g.emit("Concat", parts, shape, { attributes: { axis } });
  if (axis === 1) partsOfJoined.set(out, parts);
  return g.differentiable(out, parts, (d, wanted) => {
    let start = 0;
    return parts.map((part, k) => {
      const begin = start;
      start += sizes[k];
      return wanted(part) ? slice(d, { axis, start: begin, end: start }) : null;
    });
  });
}

/** The parts of each concatenated image. */
const partsOfJoined = new WeakMap<Value, readonly Value[]>();

/** The parts that `concat` joined to this image, or null. */
export function joinedParts(x: Value): readonly Value[] | null {
  return partsOfJoined.get(x) ?? null;
}

/**
 * Elements start to end - 1 along one axis (default 1).
 *
 * @throws {RangeError} unless 0 <= start < end <= the axis' size.
 */
export function slice(
  x: Value,
  { axis = 1, start, end }: { axis?: number; start: number; end: number },
): Value {
  const g = x.graph;
  const whole = x.shape[axis];
  if (!(start >= 0 && end > start && end <= whole)) {
    throw new RangeError(
      `Cannot build slice: it must have 0 <= start < end <= ${whole} on axis ${axis} of [${x.shape}], got ${start} to ${end}`,
    );
  }
  const shape = x.shape.map((size, k) => k === axis ? end - start : size);
  const inBlocks = axis === 1 && x.layout === "blocked" && [start, end].every((k) => fillsBlocks(g, k));
  const bounds = [g.integers(start), g.integers(end), g.integers(axis)];
  const out = g.emit("Slice", [x, ...bounds], shape, inBlocks ? { layout: "blocked" } : {});
  return g.differentiable(out, [x], (d) => {
    const before = x.shape.map((_, k) => k === axis ? start : 0);
    const after = x.shape.map((_, k) => k === axis ? whole - end : 0);
    return [g.emit("Pad", [d, g.integers(...before, ...after)], x.shape)];
  });
}

/**
 * Splits an array along one axis (default 1) into parts of the given sizes.
 *
 * @throws {TypeError} if the sizes do not add up to the size of the axis.
 */
export function split(x: Value, sizes: readonly number[], { axis = 1 }: { axis?: number } = {}): Value[] {
  if (sizes.reduce((a, b) => a + b, 0) !== x.shape[axis]) {
    throw new TypeError(
      `Cannot build split: sizes must add up to ${x.shape[axis]} on axis ${axis}, got ${sizes}`,
    );
  }
  let start = 0;
  return sizes.map((size) => slice(x, { axis, start, end: start += size }));
}
