/**
 * Images with their channels in blocks, "NCHWc". The image [n, c, h, w] lies in memory as [n, c / b, h, w, b], where a block
 * of b channels (8 or 16) fills one of the processor's vectors. onnxruntime's convolutions for this order run 1.3 to 2 times
 * faster than those for plain order, and element-by-element nodes do not mind. Its optimiser uses them for deployed networks,
 * but not where a weight is computed, as all are in a training step; so the builder uses them itself.
 *
 * Any operation may be given a blocked image: `Graph.emit` puts it in plain order unless told otherwise.
 */
import { type Builder, type Shape, sizeOf, type Value } from "./value.ts";

/** A node of onnxruntime's own set for blocked images. */
export const blockedOp = (name: string): string => `com.microsoft.nchwc:${name}`;

/** Whether images of so many channels can lie in blocks. */
export function fillsBlocks(g: Builder, channels: number): boolean {
  return g.channelBlock > 1 && channels % g.channelBlock === 0;
}

/** The same image in the other order, so that going back and forth costs one node. */
const twins = new WeakMap<Value, Value>();

/** An image in blocks, for {@linkcode blockedOp}. */
export function toBlocks(x: Value): Value {
  return x.layout === "blocked" ? x : twinOf(x, () => {
    requireBlocks(x.graph, x.shape);
    return x.graph.emit(blockedOp("ReorderInput"), [x], x.shape, { layout: "blocked" });
  });
}

/** An array in the order of its shape. */
export function toPlain(x: Value): Value {
  return x.layout === "plain" ? x : twinOf(x, () => {
    const attributes = { channels: x.shape[1] };
    return x.graph.emit(blockedOp("ReorderOutput"), [x], x.shape, { attributes, layout: "plain" });
  });
}

/** An image as [n, h, w, c]. */
export function channelsLast(x: Value): Value {
  const g = x.graph;
  const [n, c, h, w] = x.shape, shape = [n, h, w, c];
  if (c === 1 || (x.layout === "blocked" && c === g.channelBlock)) return view(x, shape);
  if (x.layout === "plain") return g.emit("Transpose", [x], shape, { attributes: { perm: [0, 2, 3, 1] } });
  const attributes = { channels: c, channels_last: 1 };
  return g.emit(blockedOp("ReorderOutput"), [x], shape, { attributes, layout: "plain" });
}

/** The same memory under a plain shape: a blocked image [n, c, h, w] is [n, c / b, h, w, b]. It costs nothing. */
export function view(x: Value, shape: Shape): Value {
  return reshaped(x, shape, "plain");
}

/** The same memory taken for a blocked image. It costs nothing. */
export function blockedView(x: Value, shape: Shape): Value {
  requireBlocks(x.graph, shape);
  return reshaped(x, shape, "blocked");
}

function reshaped(x: Value, shape: Shape, layout: Value["layout"]): Value {
  if (sizeOf(shape) !== x.size) {
    throw new TypeError(`Cannot view [${x.shape}] as [${shape}]: both must hold the same number of values`);
  }
  return x.graph.emit("Reshape", [x, x.graph.integers(...shape)], shape, { layout });
}

function twinOf(x: Value, make: () => Value): Value {
  let twin = twins.get(x);
  if (!twin) {
    twins.set(x, twin = make());
    twins.set(twin, x);
  }
  return twin;
}

function requireBlocks(g: Builder, shape: Shape): void {
  if (shape.length === 4 && fillsBlocks(g, shape[1])) return;
  throw new TypeError(
    `Cannot lay channels in blocks: an image has a multiple of ${g.channelBlock} of them, got [${shape}]`,
  );
}
