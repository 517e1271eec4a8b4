import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { openModel } from "../../../src/onnx/open_model.ts";
import { relu, sigmoid } from "../../../src/training/layers/activations.ts";
import { batchNorm } from "../../../src/training/layers/batch_norm.ts";
import { conv2d } from "../../../src/training/convolution/convolution.ts";
import { exportNetwork, type TrainedNetwork } from "../../../src/training/graph/export_network.ts";
import type { Network, Param, Value } from "../../../src/training/graph/graph.ts";
import { groupNorm } from "../../../src/training/layers/group_norm.ts";
import { initialise, type Layout, nextSlot, type Slot } from "../../../src/training/graph/layout.ts";
import { linear } from "../../../src/training/layers/linear.ts";
import { reshape, split } from "../../../src/training/layers/shapes.ts";
import { upsampleBilinear } from "../../../src/training/layers/upsampling.ts";
import { seededPrng } from "../../../src/array/seeded_prng.ts";

function trained(
  shapes: Record<string, number[]>,
  statistics: Record<string, number[]> = {},
): TrainedNetwork {
  const slots = (of: Record<string, number[]>) =>
    Object.entries(of).reduce<Slot[]>(
      (before, [name, shape]) => [...before, nextSlot(before, { name, shape, init: "he", fanIn: 3 })],
      [],
    );
  const layout: Layout = { parameters: slots(shapes), statistics: slots(statistics) };
  const vector = (of: readonly Slot[]) => initialise(of, seededPrng(3)).map(Math.abs); // a variance is positive
  return { layout, parameters: vector(layout.parameters), statistics: vector(layout.statistics) };
}
const normed = trained({ "w": [2, 1, 3, 3], "gain": [2], "shift": [2] }, {
  "n.mean": [2],
  "n.variance": [2],
});
const norm: Network = (_g, param, x) => {
  const y = conv2d(x, param("w", [2, 1, 3, 3]), { padding: 1 });
  return batchNorm(y, { name: "n", gain: param("gain", [2]), shift: param("shift", [2]) });
};

Deno.test("exportNetwork: a deployed batchNorm uses its running statistics", async () => {
  const model = await openModel(exportNetwork(norm, normed, { shape: [1, 4, 4] }), {
    device: "cpu",
    threads: 1,
  });
  const plain = await openModel(
    exportNetwork((_g, param, x) => conv2d(x, param("w", [2, 1, 3, 3]), { padding: 1 }), normed, {
      shape: [1, 4, 4],
    }),
    { device: "cpu", threads: 1 },
  );
  const x = { data: Float32Array.from({ length: 16 }, (_, i) => Math.cos(i)), dims: [1, 1, 4, 4] };
  const convolved = (await plain.run({ x })).y.data;
  const [mean, variance] = [normed.statistics.subarray(0, 2), normed.statistics.subarray(2)];
  const [gain, shift] = [normed.parameters.subarray(18, 20), normed.parameters.subarray(20)];
  const expected = Array.from(convolved, (v, i) => {
    const c = Math.floor(i / 16);
    return (v - mean[c]) / Math.sqrt(variance[c] + 1e-5) * gain[c] + shift[c];
  });
  assertClose((await model.run({ x })).y.data, expected, { relative: 1e-5, absolute: 1e-6 });
  await model.close();
  await plain.close();
});

Deno.test("exportNetwork: the batch size of an exported network may vary through reshapes, norms, upsampling and several outputs", async () => {
  const net = trained({ "w": [4, 1, 3, 3], "gain": [4], "shift": [4], "head": [6, 256] });
  const definition = (_g: unknown, param: Param, x: Value) => {
    const h = conv2d(x, param("w", [4, 1, 3, 3]), { padding: 1 });
    const n = relu(groupNorm(h, { groups: 2, gain: param("gain", [4]), shift: param("shift", [4]) }));
    const flat = reshape(upsampleBilinear(n), [1, 4 * 8 * 8]);
    const [mean, logVariance] = split(linear(flat, param("head", [6, 256])), [3, 3]);
    return { mean, logVariance };
  };
  const model = await openModel(
    exportNetwork(definition, net, { shape: [1, 4, 4], input: "crop" }),
    {
      device: "cpu",
      inputs: { crop: ["n", 1, 4, 4] },
      outputs: ["mean", "logVariance"],
    },
  );
  const data = Float32Array.from({ length: 80 }, (_, i) => Math.sin(3 * i));
  const five = await model.run({ crop: { data, dims: [5, 1, 4, 4] } });
  assertEquals(five.mean.dims, [5, 3]);
  const last = await model.run({ crop: { data: data.slice(64), dims: [1, 1, 4, 4] } });
  assertEquals(last.logVariance.data, five.logVariance.data.slice(12));
  await model.close();
});

Deno.test("exportNetwork: the same network gives the same bytes", () => {
  assertEquals(
    exportNetwork(norm, normed, { shape: [1, 4, 4] }),
    exportNetwork(norm, normed, { shape: [1, 4, 4] }),
  );
});

Deno.test("exportNetwork: an array that was not trained, or has a different shape, is rejected by name", () => {
  const needs = (name: string, shape: number[]): Network => (_g, param, x) =>
    sigmoid(conv2d(x, param(name, shape)));
  assertThrows(
    () => exportNetwork(needs("v", [2, 1, 3, 3]), normed, { shape: [1, 4, 4] }),
    TypeError,
    `export "v"`,
  );
  assertThrows(
    () => exportNetwork(needs("w", [3, 1, 3, 3]), normed, { shape: [1, 4, 4] }),
    TypeError,
    "trained as [2,1,3,3]",
  );
  assert(exportNetwork(needs("w", [2, 1, 3, 3]), normed, { shape: [1, 4, 4] }).length > 0);
});
