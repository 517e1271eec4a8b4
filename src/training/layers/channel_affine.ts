import { blockedOp, toBlocks, view } from "../graph/channel_blocks.ts";
import { add } from "./elementwise.ts";
import type { Value } from "../graph/graph.ts";

/** Options of {@linkcode channelAffine}. */
export interface AffineOptions {
  scale: Value; // [c]
  shift: Value; // [c]
  /** An image that is added to the result. */
  plus?: Value; // [n, c, h, w]
}

/** An ONNX activation, with its parameters, that can be fused into a blocked operation. */
export interface FollowUp {
  readonly op: "Relu" | "LeakyRelu" | "Clip";
  readonly numbers?: readonly number[];
}

/** Input and options of each blocked result of {@linkcode channelAffine}. */
const made = new WeakMap<Value, { x: Value; options: AffineOptions }>();

/** scale * x + shift (+ plus), per channel. Not recorded for differentiation. */
export function channelAffine(x: Value, options: AffineOptions): Value {
  if (x.layout === "blocked") {
    const out = affineInBlocks(x, options);
    made.set(out, { x, options });
    return out;
  }
  const g = x.graph, c = x.shape[1], { scale, shift, plus } = options;
  // BatchNormalization in inference mode, with mean 0 and variance 1, is the fastest node for the plain layout
  const out = g.emit("BatchNormalization", [x, scale, shift, g.filled(0, c), g.filled(1, c)], x.shape, {
    attributes: { epsilon: { float: 0 } },
  });
  return plus ? add(out, plus) : out;
}

/**
 * The operation that computed `y`, with an activation fused into it; null if `y` is not a blocked result of
 * {@linkcode channelAffine}.
 */
export function withFollowUp(y: Value, followUp: FollowUp): Value | null {
  const how = made.get(y);
  return how ? affineInBlocks(how.x, how.options, followUp) : null;
}

/** The affine map of a blocked image as a depthwise 1 x 1 convolution, followed by the activation if one is given. */
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
