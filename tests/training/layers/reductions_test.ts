import { assertEquals, assertThrows } from "@std/assert";
import { Graph } from "../../../src/training/graph/graph.ts";
import { mean, sum } from "../../../src/training/layers/reductions.ts";
import { checkGradient } from "../check_gradient.ts";

for (const [name, op] of Object.entries({ sum, mean })) {
  for (const options of [{}, { axes: [1] }, { axes: [0, 2], keep: true }]) {
    Deno.test(`${name} ${JSON.stringify(options)}: gradient agrees with finite differences`, () =>
      checkGradient({ shapes: { x: [2, 3, 4] }, build: ({ x }) => op(x, options) }));
  }
}
Deno.test("reductions reject an axis that does not exist", () => {
  assertThrows(
    () => sum(new Graph().input("x", [2, 3]), { axes: [2] }),
    RangeError,
    "sum: axes must be 0 to 1 of [2,3], got 2",
  );
});
Deno.test("reductions drop the reduced axes, or keep them with size 1", () => {
  const x = new Graph().input("x", [2, 3, 4]);
  assertEquals([sum(x).shape, sum(x, { axes: [1] }).shape, mean(x, { axes: [1], keep: true }).shape], [[], [
    2,
    4,
  ], [2, 1, 4]]);
});
