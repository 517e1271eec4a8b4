import { assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { batchNorm } from "../../../src/training/layers/batch_norm.ts";
import { exportNetwork, type TrainedNetwork } from "../../../src/training/graph/export_network.ts";
import { flatBinding } from "../../../src/training/graph/flat_binding.ts";
import { Graph, type Network } from "../../../src/training/graph/graph.ts";
import { conv2d } from "../../../src/training/convolution/convolution.ts";
import { importNetwork } from "../../../src/training/graph/import_network.ts";
import { arrange, initialise } from "../../../src/training/graph/layout.ts";

const network: Network = (_g, param, x) => {
  const y = conv2d(x, param("w", [3, 1, 3, 3]), { padding: 1 });
  return batchNorm(y, { name: "n", gain: param("gain", [3], { init: 1 }), shift: param("shift", [3]) });
};

function trained(): TrainedNetwork {
  const binding = flatBinding(), g = new Graph({ training: true, binding });
  network(g, g.param, g.input("x", [2, 1, 4, 4]));
  const layout = binding.layout();
  return {
    layout,
    parameters: initialise(layout.parameters, seededPrng(1)),
    statistics: initialise(layout.statistics, seededPrng(2)).fill(0.5),
  };
}

Deno.test("importNetwork and arrange restore the parameters and statistics of an exported network", () => {
  const before = trained();
  const after = arrange(importNetwork(exportNetwork(network, before, { shape: [1, 4, 4] })), before.layout);
  assertEquals(after.parameters, before.parameters as Float32Array<ArrayBuffer>);
  assertEquals(after.statistics, before.statistics as Float32Array<ArrayBuffer>);
  assertEquals(after.average, after.parameters);
});

Deno.test("arrange: an array that is missing or has a different shape is reported", () => {
  const before = trained(), bytes = exportNetwork(network, before, { shape: [1, 4, 4] });
  const [first, ...others] = before.layout.parameters;
  const wider = { ...before.layout, parameters: [{ ...first, shape: [5, 1, 3, 3] }, ...others] };
  assertThrows(() => arrange(importNetwork(bytes), wider), TypeError, '"w" must be [5,1,3,3], got [3,1,3,3]');
  const named = { ...before.layout, parameters: [{ ...first, name: "v" }, ...others] };
  assertThrows(() => arrange(importNetwork(bytes), named), TypeError, "got no such array");
});
