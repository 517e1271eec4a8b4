import { assertThrows } from "@std/assert";
import { Graph } from "../../../src/training/graph/graph.ts";
import { linear, matmul } from "../../../src/training/layers/linear.ts";
import { checkGradient } from "../check_gradient.ts";

Deno.test("linear: gradient agrees with finite differences", () =>
  checkGradient({
    shapes: { x: [3, 4], w: [5, 4], b: [5] },
    build: ({ x, w, b }) => linear(x, w, { bias: b }),
  }));
Deno.test("linear without bias: gradient agrees with finite differences", () =>
  checkGradient({ shapes: { x: [3, 4], w: [5, 4] }, build: ({ x, w }) => linear(x, w) }));
Deno.test("matmul: gradient agrees with finite differences", () =>
  checkGradient({ shapes: { a: [3, 4], b: [4, 2] }, build: ({ a, b }) => matmul(a, b) }));
Deno.test("linear and matmul reject inconsistent shapes", () => {
  const g = new Graph();
  const x = g.input("x", [3, 4]), w = g.input("w", [5, 3]);
  assertThrows(
    () => linear(x, w),
    TypeError,
    "linear: it takes x [n, i], weight [o, i] and bias [o], got [3,4], [5,3]",
  );
  assertThrows(() => matmul(x, w), TypeError, "matmul");
});
