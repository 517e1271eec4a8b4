import { assertClose, assertThrows } from "@std/assert";
import { openModel } from "../../../src/onnx/open_model.ts";
import { Graph } from "../../../src/training/graph/graph.ts";
import { ssim } from "../../../src/training/losses/ssim.ts";
import { checkGradient } from "../check_gradient.ts";

Deno.test("ssim: gradient agrees with finite differences", () =>
  checkGradient({
    shapes: { a: [2, 1, 9, 8], b: [2, 1, 9, 8] },
    build: ({ a, b }) => ssim(a, b),
    fill: (u) => 0.5 + 0.5 * u,
  }));
Deno.test("ssim: the value for two equal images is 1", async () => {
  const g = new Graph();
  const x = g.input("x", [1, 1, 8, 8]);
  g.output("y", ssim(x, x));
  const model = await openModel(g.toModel(), { device: "cpu", threads: 1 });
  const data = Float32Array.from({ length: 64 }, (_, i) => (i * 37 % 64) / 64);
  assertClose((await model.run({ x: { data, dims: [1, 1, 8, 8] } })).y.data, [1], { relative: 1e-6 });
  await model.close();
});
Deno.test("ssim rejects images smaller than its window", () => {
  const x = new Graph().input("x", [1, 1, 6, 6]);
  assertThrows(() => ssim(x, x), TypeError, "at least 7 pixels per axis, got [1,1,6,6]");
});
