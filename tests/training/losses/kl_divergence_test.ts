import { assertThrows } from "@std/assert";
import { Graph } from "../../../src/training/graph/graph.ts";
import { klDivergence } from "../../../src/training/losses/kl_divergence.ts";
import { checkGradient } from "../check_gradient.ts";

Deno.test("klDivergence: gradient agrees with finite differences", () =>
  checkGradient({ shapes: { m: [3, 4], v: [3, 4] }, build: ({ m, v }) => klDivergence(m, v) }));
Deno.test("klDivergence rejects shapes that differ", () => {
  const g = new Graph();
  assertThrows(() => klDivergence(g.input("m", [3, 4]), g.input("v", [3, 5])), TypeError, "klDivergence");
});
