/** Enlarges and reduces images by an integer factor, in either memory layout. Not recorded for differentiation. */
import { blockedOp } from "../graph/channel_blocks.ts";
import type { Value } from "../graph/graph.ts";

/** Repeats every pixel `factor` x `factor` times: [n, c, h, w] to [n, c, factor h, factor w]. */
export function repeatPixels(x: Value, factor: number): Value {
  const g = x.graph;
  const [n, c, h, w] = x.shape, shape = [n, c, factor * h, factor * w], mode = "nearest";
  if (x.layout === "blocked") {
    const attributes = { mode, scales: [1, 1, factor, factor] };
    return g.emit(blockedOp("Upsample"), [x], shape, { attributes, layout: "blocked" });
  }
  return g.emit("Resize", [x, null, g.floats(1, 1, factor, factor)], shape, {
    attributes: { mode, coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" },
  });
}

/** Mean or maximum of each size x size window: [n, c, h, w] to [n, c, h / size, w / size]. */
export function poolPixels(op: "AveragePool" | "MaxPool", x: Value, size: number): Value {
  const [n, c, h, w] = x.shape, shape = [n, c, h / size, w / size];
  const attributes = { kernel_shape: [size, size], strides: [size, size] };
  return x.layout === "blocked"
    ? x.graph.emit(blockedOp(op), [x], shape, { attributes, layout: "blocked" })
    : x.graph.emit(op, [x], shape, { attributes });
}
