/** Sums per channel over batch and space, used for biases and BatchNorm. Not recorded for differentiation. */
import { blockedOp, toBlocks, view } from "../graph/channel_blocks.ts";
import { multiply, sameShape } from "./elementwise.ts";
import type { Value } from "../graph/graph.ts";

/** Sum of each channel of an image: [n, c, h, w] -> [c]. */
export function channelSum(x: Value): Value {
  if (x.layout === "plain") return plainSum(x);
  const [n, c, h, w] = x.shape, b = x.graph.channelBlock;
  return sumRows(sumAxis(view(x, [n * c / b * h, w, b]), 1), x);
}

/** Sum of x * other over each channel: [n, c, h, w] -> [c]. @throws {TypeError} if the shapes differ. */
export function channelDot(x: Value, other: Value): Value {
  if (!sameShape(x.shape, other.shape)) {
    throw new TypeError(
      `Cannot build channelDot: both images must have the same shape, got [${x.shape}], [${other.shape}]`,
    );
  }
  if (x.layout === "plain") return plainSum(multiply(x, other));
  const g = x.graph;
  const [n, c, h, w] = x.shape, rows = n * c * h;
  // a depthwise convolution with every row as a channel and a row of `other` as its kernel, so that no product is
  // stored
  const attributes = { kernel_shape: [1, w], strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0] };
  const images = [view(x, [1, rows, 1, w]), view(toBlocks(other), [rows, 1, 1, w])];
  const dots = g.emit(blockedOp("Conv"), images, [1, rows, 1, 1], {
    attributes: { ...attributes, group: rows },
    layout: "blocked",
  });
  return sumRows(dots, x);
}

function plainSum(x: Value): Value {
  return x.graph.emit("ReduceSum", [x, x.graph.integers(0, 2, 3)], [x.shape[1]], {
    attributes: { keepdims: 0 },
  });
}

/** Sums of channels [c] from sums of rows [n, c / b, h, b]. Summing in stages is more accurate than one long sum. */
function sumRows(rows: Value, { graph: g, shape: [n, c, h] }: Value): Value {
  const b = g.channelBlock;
  const images = sumAxis(view(rows, [n * c / b, h, b]), 1); // [n c / b, b]
  return sumAxis(view(images, [n, c]), 0);
}

function sumAxis(x: Value, axis: number): Value {
  const shape = x.shape.filter((_, k) => k !== axis);
  return x.graph.emit("ReduceSum", [x, x.graph.integers(axis)], shape, { attributes: { keepdims: 0 } });
}
