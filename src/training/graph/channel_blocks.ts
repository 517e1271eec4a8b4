/**
 * Images with their channels in blocks (NCHWc layout). An image [n, c, h, w] is stored as [n, c / b, h, w, b], where a
 * block of b channels (8 or 16) fills one of the processor's vector registers. onnxruntime's convolutions for this
 * layout are 1.3 to 2 times as fast as for the plain one, and elementwise nodes work with either. onnxruntime's
 * optimiser uses the layout in deployed networks, but not for weights that are computed, as all weights of a training
 * step are. Therefore the graph builder uses the layout itself.
 *
 * Every operation accepts a blocked image: `Graph.emit` converts it to the plain layout unless the option
 * `layout` is given.
 */
import { type Builder, type Shape, sizeOf, type Value } from "./value.ts";

/** Name of one of onnxruntime's own operators for blocked images. */
export const blockedOp = (name: string): string => `com.microsoft.nchwc:${name}`;

/** Whether an image with this number of channels can be stored in blocks. */
export function fillsBlocks(g: Builder, channels: number): boolean {
  return g.channelBlock > 1 && channels % g.channelBlock === 0;
}

/** Each converted image and the same image in the other layout, so that converting it back needs no node. */
const twins = new WeakMap<Value, Value>();

/** The image in blocked layout, for {@linkcode blockedOp}. @throws {TypeError} if its channels do not fill blocks. */
export function toBlocks(x: Value): Value {
  return x.layout === "blocked" ? x : twinOf(x, () => {
    requireBlocks(x.graph, x.shape);
    return x.graph.emit(blockedOp("ReorderInput"), [x], x.shape, { layout: "blocked" });
  });
}

/** The array in plain layout. */
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

/**
 * The same memory with another shape and in plain layout, at no cost: a blocked image [n, c, h, w] can be viewed as
 * [n, c / b, h, w, b].
 *
 * @throws {TypeError} if the shape has another number of elements.
 */
export function view(x: Value, shape: Shape): Value {
  return reshaped(x, shape, "plain");
}

/** The same memory interpreted as a blocked image, at no cost. @throws {TypeError} if the shape does not fit. */
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
    `Cannot store channels in blocks: an image must be [n, c, h, w] with c a multiple of ${g.channelBlock}, ` +
      `got [${shape}]`,
  );
}
