/** Layers give the same numbers and gradients for images in channel blocks as for images in plain layout. */
import * as activations from "../../src/training/layers/activations.ts";
import { batchNorm } from "../../src/training/layers/batch_norm.ts";
import { conv2d, convTranspose2d } from "../../src/training/convolution/convolution.ts";
import type { ConvolutionOptions } from "../../src/training/convolution/convolution_geometry.ts";
import { add, divide, multiply, whereGreater } from "../../src/training/layers/elementwise.ts";
import { groupNorm } from "../../src/training/layers/group_norm.ts";
import type { Value } from "../../src/training/graph/graph.ts";
import { averagePool2d, maxPool2d } from "../../src/training/layers/pooling.ts";
import { mean } from "../../src/training/layers/reductions.ts";
import { concat, slice } from "../../src/training/layers/shapes.ts";
import { upsampleNearest } from "../../src/training/layers/upsampling.ts";
import { channelBlock as b, sameInBothLayouts, testInBlocks } from "./both_layouts.ts";

type Case = ConvolutionOptions & {
  from: number;
  to: number;
  kernel: [number, number];
  size?: [number, number];
};
const convolutions: Record<string, Case> = {
  "same": { from: b, to: 2 * b, kernel: [3, 3], padding: 1 },
  "same, fewer channels": { from: 2 * b, to: b, kernel: [3, 3], padding: 1 },
  "same, first layer": { from: 2, to: b, kernel: [3, 3], padding: 1 },
  "pointwise": { from: 2 * b, to: 2 * b, kernel: [1, 1] },
  "pointwise, strided": { from: b, to: b, kernel: [1, 1], stride: 2 },
  "strided 4 x 4": { from: b, to: 2 * b, kernel: [4, 4], stride: 2, padding: 1, size: [8, 2 * b] },
  "strided 3 x 3": { from: 2 * b, to: b, kernel: [3, 3], stride: 2, padding: 1, size: [8, 2 * b] },
  "strided 2 x 2": { from: b, to: 2 * b, kernel: [2, 2], stride: 2, size: [4, 4 * b] },
  "strided by 3 and 2": { from: b, to: b, kernel: [2, 3], stride: [3, 2], size: [7, 2 * b + 1] },
  "rows that no window covers": { from: b, to: b, kernel: [2, 2], stride: 3, size: [8, 3 * b + 1] },
  "dilated": { from: b, to: b, kernel: [3, 2], dilation: [2, 3], padding: [2, 1] },
  "not padded": { from: b, to: b, kernel: [3, 3], size: [5, b + 2] },
  "padded beyond the kernel": { from: b, to: b, kernel: [2, 2], padding: 3, size: [3, b - 5] },
  "rows shorter than a block": { from: b, to: b, kernel: [3, 3], padding: 1, size: [4, b - 3] },
  "few values per channel": { from: 4 * b, to: 4 * b, kernel: [3, 3], padding: 1, size: [2, b] },
};
/** Cases in which at least one gradient does not fit in blocks and is computed in plain layout. */
const partly = ["same, first layer", "dilated", "rows shorter than a block"];

for (const [name, { from, to, kernel, size = [5, 2 * b], ...options }] of Object.entries(convolutions)) {
  testInBlocks(`conv2d ${name}: blocked and plain layout agree`, () =>
    sameInBothLayouts({
      shapes: { x: [2, from, ...size], w: [to, from, ...kernel], bias: [to] },
      build: ({ x, w, bias }) => conv2d(x, w, { bias, ...options }),
      inBlocks: partly.includes(name) ? [] : ["Conv"],
    }));
  if (name.startsWith("padded")) continue; // its output would be empty
  testInBlocks(
    `convTranspose2d with the kernel of "${name}": blocked and plain layout agree`,
    () =>
      sameInBothLayouts({
        shapes: { x: [2, from, 3, b], w: [from, to, ...kernel], bias: [to] },
        build: ({ x, w, bias }) => convTranspose2d(x, w, { bias, ...options }),
      }),
  );
}

testInBlocks(
  "conv2d of concatenated images, one with few channels: blocked and plain layout agree",
  () =>
    sameInBothLayouts({
      shapes: { x: [2, b, 4, b], y: [2, 3, 4, b], z: [2, b, 4, b], w: [b, 2 * b + 3, 3, 3], bias: [b] },
      build: ({ x, y, z, w, bias }) => conv2d(concat([x, y, z]), w, { bias, padding: 1 }),
      blocked: ["x"],
    }),
);

const image = [2, 2 * b, 4, 6];
const layers: Record<string, (v: Record<string, Value>) => Value> = {
  ...Object.fromEntries(
    Object.entries(activations).map(([name, f]) => [name, ({ x }) => f(multiply(x, 3))]),
  ),
  maxPool2d: ({ x }) => maxPool2d(x),
  averagePool2d: ({ x }) => averagePool2d(x),
  upsampleNearest: ({ x }) => upsampleNearest(x, { factor: 3 }),
  "one operand blocked, one plain": ({ x, y }) => divide(add(x, y), add(multiply(y, y), 1)),
  "whereGreater": ({ x, y }) => whereGreater(x, { threshold: 0.1, yes: y, no: 2 }),
  "whereGreater, broadcast over pixels": ({ x }) =>
    whereGreater(x, { yes: mean(x, { axes: [2, 3], keep: true }), no: x }),
  "concat and slice": ({ x, y }) => slice(concat([x, y, x]), { start: b, end: 5 * b }),
  "slice inside a block": ({ x }) => slice(x, { start: 1, end: b + 1 }),
};
for (const [name, layer] of Object.entries(layers)) {
  testInBlocks(`${name}: blocked and plain layout agree`, () =>
    sameInBothLayouts({
      shapes: { x: image, y: image },
      build: ({ x, y }) => add(layer({ x, y }), mean(multiply(x, y))),
      blocked: ["x"],
    }));
}
testInBlocks(
  "batchNorm, alone and fused with an activation, and groupNorm: blocked and plain layout agree",
  async () => {
    const shapes = { x: image, gain: [2 * b], shift: [2 * b] };
    const blocked = ["x"];
    await sameInBothLayouts({
      shapes,
      blocked,
      build: ({ x, gain, shift }) => batchNorm(x, { name: "norm", gain, shift }),
    });
    for (const activation of [activations.relu, (y: Value) => activations.leakyRelu(y, { slope: 0.2 })]) {
      await sameInBothLayouts({
        shapes,
        blocked,
        build: ({ x, gain, shift }) => activation(batchNorm(x, { name: "norm", gain, shift })),
      });
    }
    await sameInBothLayouts({
      shapes,
      blocked,
      build: ({ x, gain, shift }) => groupNorm(x, { groups: 2, gain, shift }),
    });
  },
);
