import { assertEquals, assertThrows } from "@std/assert";
import { openModel } from "../../../src/onnx/open_model.ts";
import { Graph } from "../../../src/training/graph/graph.ts";
import { depthToSpace, spaceToDepth } from "../../../src/training/layers/pixel_shuffle.ts";
import { checkGradient } from "../check_gradient.ts";

Deno.test("spaceToDepth: gradient agrees with finite differences", () =>
  checkGradient({ shapes: { x: [2, 3, 4, 6] }, build: ({ x }) => spaceToDepth(x) }));
Deno.test("depthToSpace: gradient agrees with finite differences", () =>
  checkGradient({ shapes: { x: [2, 8, 2, 3] }, build: ({ x }) => depthToSpace(x) }));
Deno.test("depthToSpace inverts spaceToDepth", async () => {
  const g = new Graph();
  g.output("y", depthToSpace(spaceToDepth(g.input("x", [1, 2, 6, 6]), { block: 3 }), { block: 3 }));
  const model = await openModel(g.toModel(), { device: "cpu", threads: 1 });
  const data = Float32Array.from({ length: 72 }, (_, i) => i);
  assertEquals((await model.run({ x: { data, dims: [1, 2, 6, 6] } })).y.data, data);
  await model.close();
});
Deno.test("spaceToDepth: the deployed graph uses Conv instead of SpaceToDepth, which WebGPU lacks, and gives the same values", async () => {
  const data = Float32Array.from({ length: 72 }, (_, i) => i);
  const run = async (training: boolean) => {
    const g = new Graph({ training });
    g.output("y", spaceToDepth(g.input("x", [1, 2, 6, 6]), { block: 3 }));
    const model = await openModel(g.toModel(), { device: "cpu", threads: 1 });
    const { y } = await model.run({ x: { data, dims: [1, 2, 6, 6] } });
    await model.close();
    return { y: y.data, ops: g.parts().nodes.map((node) => node.op) };
  };
  const trained = await run(true), deployed = await run(false);
  assertEquals([trained.ops, deployed.ops], [["SpaceToDepth"], ["Conv"]]);
  assertEquals(deployed.y, trained.y);
});
Deno.test("spaceToDepth and depthToSpace reject sizes that are not multiples of the block", () => {
  const x = new Graph().input("x", [1, 3, 5, 4]);
  assertThrows(() => spaceToDepth(x), TypeError, "spaceToDepth");
  assertThrows(() => depthToSpace(x), TypeError, "depthToSpace");
});
