import { assertEquals, assertRejects } from "@std/assert";
import { ModelIntegrityError } from "../../src/onnx/model_integrity_error.ts";
import { openRecurrentModel } from "../../src/onnx/open_recurrent_model.ts";
import { add, multiply } from "../../src/training/layers/elementwise.ts";
import { Graph } from "../../src/training/graph/graph.ts";
import { sum } from "../../src/training/layers/reductions.ts";

/** total' = total + x, count' = count + 1, and the sum of total' as a report. */
function counter(): Uint8Array {
  const g = new Graph();
  const total = add(g.input("total", [3]), g.input("x", [3]));
  g.output("report", sum(multiply(total, 1)));
  g.output("next.total", total);
  g.output("next.count", add(g.input("count", [1]), 1));
  return g.toModel();
}
const options = {
  state: { total: 3, count: 1 },
  device: "cpu",
  threads: 1,
  identity: new Uint8Array(),
} as const;
const x = { data: Float32Array.of(1, 2, 3), dims: [3] };

Deno.test("a recurrent model keeps its state and returns copies of it", async () => {
  const model = await openRecurrentModel(counter(), options);
  assertEquals([...(await model.run({ x })).report.data], [6]);
  const after = await model.read();
  for (let k = 0; k < 3; k++) await model.run({ x });
  assertEquals([...after.total, ...after.count], [1, 2, 3, 1]);
  const later = await model.read();
  assertEquals([...later.total, ...later.count], [4, 8, 12, 4]);
  await model.close();
});

Deno.test("loading replaces the state; omitted vectors become zeros", async () => {
  const model = await openRecurrentModel(counter(), options);
  await model.run({ x });
  const total = Float32Array.of(10, 10, 10);
  await model.load({ total });
  await model.run({ x });
  const { total: next, count } = await model.read();
  assertEquals([...next, ...count], [11, 12, 13, 1]);
  assertEquals([...total], [10, 10, 10]);
  await model.close();
});

Deno.test("a damaged recurrent model is rejected", async () => {
  await assertRejects(() => openRecurrentModel(counter().slice(0, 40), options), ModelIntegrityError);
});
