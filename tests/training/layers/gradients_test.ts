import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { batchOf, startingWeights } from "../../../bench/training/training_numbers.ts";
import { type Workload, workloadRecipe } from "../../../bench/training/training_workloads.ts";
import { openModel } from "../../../src/onnx/open_model.ts";
import { exp, multiply } from "../../../src/training/layers/elementwise.ts";
import { gradients } from "../../../src/training/layers/gradients.ts";
import { Graph } from "../../../src/training/graph/graph.ts";
import { initialise } from "../../../src/training/graph/layout.ts";
import { OPTIMISER } from "../../../src/training/loop/optimiser.ts";
import { sum } from "../../../src/training/layers/reductions.ts";
import { type Target, targetOf } from "../../../src/training/loop/target.ts";
import { trainStep } from "../../../src/training/loop/train_step.ts";
import { seededPrng } from "../../../src/array/seeded_prng.ts";

/** A processor without blocked convolutions. */
const PLAIN_CPU: Target = { device: "cpu", channelBlock: 1 };
const fixtures = new URL("../../fixtures/training/", import.meta.url);
const { cases } = JSON.parse(await Deno.readTextFile(new URL("gradients.json", fixtures))) as {
  cases: Record<string, { workload: Workload; loss: number; length: number }>;
};

for (const [name, { workload, loss, length }] of Object.entries(cases)) {
  for (const target of [await targetOf("cpu"), PLAIN_CPU, await targetOf("webgpu")]) {
    const { device, channelBlock } = target;
    Deno.test(`workload ${name}, nodes for ${device}, blocks of ${channelBlock}: gradient within 5e-6 of PyTorch in float64`, async () => {
      const expected = new Float32Array(
        (await Deno.readFile(new URL(`${name}_gradient.f32`, fixtures))).buffer,
      );
      const step = trainStep(workloadRecipe(workload), { optimiser: OPTIMISER, ...target, gradient: true });
      const p = startingWeights(step.layout);
      assertEquals(p.length, length);
      const model = await openModel(step.graph.toModel(), { device: "cpu", threads: 2 });
      const vector = (data: Float32Array) => ({ data, dims: [data.length] });
      const zeros = () => vector(new Float32Array(length));
      const s = vector(initialise(step.layout.statistics, seededPrng(0)));
      const batch = batchOf(workload);
      const feeds = { parameters: vector(p), first: zeros(), second: zeros(), statistics: s };
      const scalars = Object.fromEntries(
        step.scalars.map((k) => [k, { data: Float32Array.of(0.1), dims: [] }]),
      );
      const inputs = Object.fromEntries(
        Object.entries(step.inputs).map(([k, dims]) => [k, { data: batch[k], dims }]),
      );
      const results = await model.run({ ...feeds, ...scalars, ...inputs }, { only: ["loss", "gradient"] });
      await model.close();
      assertClose(results.loss.data[0], loss, { relative: 1e-6 });
      const error = relativeError(results.gradient.data, expected);
      assert(error <= 5e-6, `relative L2 ${error}`);
    });
  }
}

/** |a - b| / |b|. */
function relativeError(a: Float32Array, b: Float32Array): number {
  const norm = (v: (i: number) => number) => Math.sqrt(b.reduce((total, _, i) => total + v(i) ** 2, 0));
  return norm((i) => a[i] - b[i]) / norm((i) => b[i]);
}

Deno.test("gradients reject a loss that is not a scalar, and a value that the loss does not depend on", () => {
  const g = new Graph();
  const x = g.input("x", [3]), other = g.input("other", [3]);
  assertThrows(() => gradients(exp(x), [x]), TypeError, "a loss must be a scalar [], got [3]");
  assertThrows(() => gradients(sum(multiply(x, x)), [other]), TypeError, `does not depend on "other"`);
});
