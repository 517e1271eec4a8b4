/**
 * Outputs and gradients of layers and losses against PyTorch in float64 (tests/fixtures/training/make_operations.py).
 */
import { assertClose, assertEquals } from "@std/assert";
import { openModel } from "../../src/onnx/open_model.ts";
import * as activations from "../../src/training/layers/activations.ts";
import { batchNorm } from "../../src/training/layers/batch_norm.ts";
import { conv2d, convTranspose2d } from "../../src/training/convolution/convolution.ts";
import { multiply } from "../../src/training/layers/elementwise.ts";
import { flatBinding } from "../../src/training/graph/flat_binding.ts";
import { gradients } from "../../src/training/layers/gradients.ts";
import { Graph, type Value } from "../../src/training/graph/graph.ts";
import { groupNorm } from "../../src/training/layers/group_norm.ts";
import { klDivergence } from "../../src/training/losses/kl_divergence.ts";
import { linear } from "../../src/training/layers/linear.ts";
import * as losses from "../../src/training/losses/losses.ts";
import { depthToSpace, spaceToDepth } from "../../src/training/layers/pixel_shuffle.ts";
import { averagePool2d, maxPool2d } from "../../src/training/layers/pooling.ts";
import { sum } from "../../src/training/layers/reductions.ts";
import { ssim } from "../../src/training/losses/ssim.ts";
import { upsampleBilinear, upsampleNearest } from "../../src/training/layers/upsampling.ts";

interface Case {
  op: string;
  options: Record<string, never>;
  shape: number[];
  output: number[];
  weights: number[];
  inputs: Record<string, { shape: number[]; data: number[]; gradient: number[] | null }>;
}
type Build = (v: Record<string, Value>, options: Record<string, never>) => Value;
const path = new URL("../fixtures/training/operations.json", import.meta.url);
const { cases } = JSON.parse(await Deno.readTextFile(path)) as { cases: Case[] };

const onX = (f: (x: Value, options: Record<string, never>) => Value): Build => ({ x }, options) =>
  f(x, options);
const BUILD: Record<string, Build> = {
  conv2d: ({ x, w, b }, options) => conv2d(x, w, { bias: b, ...options }),
  convTranspose2d: ({ x, w, b }, options) => convTranspose2d(x, w, { bias: b, ...options }),
  linear: ({ x, w, b }) => linear(x, w, { bias: b }),
  maxPool2d: onX(maxPool2d),
  averagePool2d: onX(averagePool2d),
  upsampleNearest: onX(upsampleNearest),
  upsampleBilinear: onX(upsampleBilinear),
  spaceToDepth: onX(spaceToDepth),
  depthToSpace: onX(depthToSpace),
  batchNorm: ({ x, gain, shift }) => batchNorm(x, { name: "n", gain, shift }),
  groupNorm: ({ x, gain, shift }, options) => groupNorm(x, { groups: 1, ...options, gain, shift }),
  ...Object.fromEntries(Object.entries(activations).map(([name, f]) => [name, onX(f)])),
  ...Object.fromEntries(Object.entries(losses).map(([name, f]) => [name, ({ x, t }) => f(x, t)])),
  ssim: ({ a, b }) => ssim(a, b),
  klDivergence: ({ m, v }) => klDivergence(m, v),
};

Deno.test("operations.json contains exactly the operations that are tested here", () => {
  assertEquals(Object.keys(BUILD).sort(), [...new Set(cases.map(({ op }) => op))].sort());
});

for (const { op, options, shape, output, weights, inputs } of cases) {
  Deno.test(`${op} ${JSON.stringify(options)}: output and gradients agree with PyTorch in float64`, async () => {
    const g = new Graph({ binding: flatBinding() });
    const values = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape }]) => [name, g.input(name, shape)]),
    );
    const y = BUILD[op](values, options);
    assertEquals([...y.shape], shape);
    const names = Object.keys(inputs).filter((name) => !(name === "t" && op !== "meanSquaredError"));
    const loss = sum(multiply(y, g.constant(Float32Array.from(weights), shape)));
    const ds = gradients(loss, names.map((name) => values[name]));
    g.output("y", y);
    names.forEach((name, k) => g.output(`d.${name}`, ds[k]));
    const model = await openModel(g.toModel(), { device: "cpu", threads: 1 });
    const feeds = Object.entries(inputs).map(([name, { shape, data }]) =>
      [name, { dims: shape, data: Float32Array.from(data) }] as const
    );
    const results = await model.run(Object.fromEntries(feeds));
    await model.close();
    // float32 against float64: each sum is accurate to about 1e-6 of its largest term; terms of SSIM are as large as 1
    const near = (actual: Float32Array, expected: number[]) =>
      assertClose(actual, expected, {
        relative: 1e-5,
        absolute: 3e-6 * Math.max(...expected.map(Math.abs), op === "ssim" ? 1 : 1e-3),
      });
    near(results.y.data, output);
    for (const name of names) near(results[`d.${name}`].data, inputs[name].gradient!);
  });
}
