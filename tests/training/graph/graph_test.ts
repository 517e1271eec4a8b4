import { assertEquals, assertThrows } from "@std/assert";
import { openModel } from "../../../src/onnx/open_model.ts";
import { add, exp, multiply } from "../../../src/training/layers/elementwise.ts";
import { flatBinding } from "../../../src/training/graph/flat_binding.ts";
import { Graph } from "../../../src/training/graph/graph.ts";

Deno.test("a graph keeps only the nodes that its outputs need, and each constant once", () => {
  const g = new Graph();
  const x = g.input("x", [3]);
  exp(x);
  g.output("y", multiply(add(x, 2), 2));
  const { nodes, initializers } = g.parts();
  assertEquals(nodes.map((node) => node.op), ["Add", "Mul"]);
  assertEquals(initializers.length, 1);
  assertEquals(nodes[1].outputs, ["y"]);
});

Deno.test("a value of a graph may be two outputs, and an input may be an output", async () => {
  const g = new Graph();
  const x = g.input("x", [2]), y = exp(x);
  g.output("a", y);
  g.output("b", y);
  g.output("c", x);
  const model = await openModel(g.toModel(), { device: "cpu", threads: 1 });
  const { a, b, c } = await model.run({ x: { data: Float32Array.of(0, 1), dims: [2] } });
  assertEquals([a.data, c.data], [b.data, Float32Array.of(0, 1)]);
  await model.close();
});

Deno.test("graphs reject repeated inputs, invalid shapes and constants, and parameters without a binding", () => {
  const g = new Graph();
  g.input("x", [2]);
  assertThrows(() => g.input("x", [2]), TypeError, `input "x": names must be unique`);
  assertThrows(() => g.input("z", [2, 0]), TypeError, "sizes must be whole numbers from 1, got [2,0]");
  assertThrows(() => g.constant(new Float32Array(3), [2]), TypeError, "[2] must hold 2 numbers, got 3");
  assertThrows(() => g.param("w", [2]), TypeError, "made without a binding");
});

Deno.test("a parameter that is declared twice is one parameter; a second declaration with a different shape is rejected", () => {
  const binding = flatBinding();
  const g = new Graph({ binding });
  const w = g.param("w", [2, 3]);
  assertEquals(g.param("w", [2, 3]) === w, true);
  assertThrows(() => g.param("w", [3, 2]), TypeError, `"w" as [3,2]: it exists as [2,3]`);
  assertEquals(binding.layout().parameters.length, 1);
});

Deno.test("flatBinding: parameters are consecutive slices of one vector", async () => {
  const binding = flatBinding();
  const g = new Graph({ binding });
  g.output("y", add(g.param("a", [2]), g.param("b", [2])));
  binding.declareInputs(g);
  const model = await openModel(g.toModel(), { device: "cpu", threads: 1 });
  const { y } = await model.run({ parameters: { data: Float32Array.of(1, 2, 10, 20), dims: [4] } });
  assertEquals(y.data, Float32Array.of(11, 22));
  await model.close();
});
