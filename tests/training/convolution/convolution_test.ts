import { assertEquals, assertThrows } from "@std/assert";
import { conv2d, convTranspose2d } from "../../../src/training/convolution/convolution.ts";
import type { ConvolutionOptions } from "../../../src/training/convolution/convolution_geometry.ts";
import { Graph } from "../../../src/training/graph/graph.ts";
import type { Device } from "../../../src/types.ts";
import { checkGradient } from "../check_gradient.ts";

const moves: Record<string, ConvolutionOptions & { kernel: [number, number] }> = {
  "same": { kernel: [3, 3], padding: 1 },
  "pointwise": { kernel: [1, 1] },
  "pointwise, strided": { kernel: [1, 1], stride: 2 },
  "strided": { kernel: [4, 4], stride: 2, padding: 1 },
  "strided, with rows that no window covers": { kernel: [2, 3], stride: [3, 2] },
  "dilated": { kernel: [3, 2], dilation: [2, 3], padding: [2, 1] },
  "strided and dilated": { kernel: [2, 3], stride: [2, 3], dilation: [3, 2], padding: [1, 2] },
  "padded beyond the kernel": { kernel: [2, 2], padding: 3 },
};
for (const device of ["cpu", "webgpu"] as Device[]) {
  for (const [name, { kernel, ...options }] of Object.entries(moves)) {
    Deno.test(`conv2d ${name}, graph for ${device} run on the CPU: gradient agrees with finite differences`, () =>
      checkGradient({
        shapes: { x: [2, 3, 7, 8], w: [4, 3, ...kernel], b: [4] },
        build: ({ x, w, b }) => conv2d(x, w, { bias: b, ...options }),
        device,
      }));
    if (name.startsWith("padded")) continue; // its output would be empty at stride 1
    Deno.test(`convTranspose2d ${name}, graph for ${device} run on the CPU: gradient agrees with finite differences`, () =>
      checkGradient({
        shapes: { x: [2, 3, 5, 4], w: [3, 2, ...kernel], b: [2] },
        build: ({ x, w, b }) => convTranspose2d(x, w, { bias: b, ...options }),
        device,
      }));
  }
}
Deno.test("conv2d without bias: gradient agrees with finite differences", () =>
  checkGradient({ shapes: { x: [1, 2, 5, 5], w: [3, 2, 3, 3] }, build: ({ x, w }) => conv2d(x, w) }));

Deno.test("convolutions have the output sizes of Dumoulin and Visin", () => {
  const g = new Graph();
  const x = g.input("x", [1, 3, 5, 6]), w = g.input("w", [3, 3, 3, 3]);
  assertEquals(conv2d(x, w, { stride: 2, padding: 1 }).shape, [1, 3, 3, 3]);
  assertEquals(convTranspose2d(x, w, { stride: 2, padding: 1 }).shape, [1, 3, 9, 11]);
});
Deno.test("convolutions reject inconsistent shapes", () => {
  const g = new Graph();
  const x = g.input("x", [1, 2, 5, 6]), w = g.input("w", [3, 4, 3, 3]), b = g.input("b", [5]);
  assertThrows(() => conv2d(x, w), TypeError, "conv2d: it takes x [n, ci, h, w], weight [co, ci, kh, kw]");
  assertThrows(() => convTranspose2d(x, w), TypeError, "convTranspose2d");
  assertThrows(
    () => conv2d(x, g.input("v", [5, 2, 9, 9]), { bias: b }),
    TypeError,
    "conv2d: sizes must be whole numbers from 1",
  );
  assertThrows(
    () => conv2d(x, g.input("u", [5, 2, 3, 3]), { stride: 0 }),
    RangeError,
    "stride must be a whole number from 1, got 0",
  );
});
