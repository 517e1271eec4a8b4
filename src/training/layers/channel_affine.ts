import { blockedOp, toBlocks, view } from "../graph/channel_blocks.ts";
import { add } from "./elementwise.ts";
import type { Value } from "../graph/graph.ts";

/** What {@linkcode channelAffine} does to each channel. */
export interface AffineOptions {
  scale: Value; // [c]
  shift: Value; // [c]
  /** An image to be added. */
  plus?: Value; // [n, c, h, w]
}

/** What may follow in the same pass, in blocks: an ONNX activation and its numbers. */
export interface FollowUp {
  readonly op: "Relu" | "LeakyRelu" | "Clip";
  readonly numbers?: readonly number[];
}

/** How each blocked result was made. */
const made = new WeakMap<Value, { x: Value; options: AffineOptions }>();

/** scale * x + shift, by channel, in one pass over memory. No gradient of its own. */
export function channelAffine(x: Value, options: AffineOptions): Value {
  if (x.layout === "blocked") {
    const out = affineInBlocks(x, options);
    made.set(out, { x, options });
    return out;
  }
  const g = x.graph, c = x.shape[1], { scale, shift, plus } = options;
  // inference's BatchNormalization with mean 0 and variance 1 is the fastest there is for plain order
  const out = g.emit("BatchNormalization", [x, scale, shift, g.filled(0, c), g.filled(1, c)], x.shape, {
    attributes: { epsilon: { float: 0 } },
  });
  return plus ? add(out, plus) : out;
}

/** An activation of `y` in the pass that makes `y`, or null where that is none of {@linkcode channelAffine}'s in blocks. */
export function withFollowUp(y: Value, followUp: FollowUp): Value | null {
  const how = made.get(y);
  return how ? affineInBlocks(how.x, how.options, followUp) : null;
}

/** A convolution whose kernel is one pixel and sees one channel. */
export function affineInBlocks(x: Value, { scale, shift, plus }: AffineOptions, followUp?: FollowUp): Value {
  const c = x.shape[1];
  const inputs = [x, view(scale, [c, 1, 1, 1]), shift, ...(plus ? [toBlocks(plus)] : [])];
  return x.graph.emit(blockedOp("Conv"), inputs, x.shape, {
    layout: "blocked",
    attributes: {
      kernel_shape: [1, 1],
      strides: [1, 1],
      dilations: [1, 1],
      pads: [0, 0, 0, 0],
      group: c,
      ...(followUp ? { activation: followUp.op } : {}),
      ...(followUp?.numbers ? { activation_params: { floats: followUp.numbers } } : {}),
    },
  });
}
