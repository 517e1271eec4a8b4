import { assertThrows } from "@std/assert";
import { Graph } from "../../../src/training/graph/graph.ts";
import { averagePool2d, maxPool2d } from "../../../src/training/layers/pooling.ts";
import { checkGradient } from "../check_gradient.ts";

for (const size of [2, 3]) {
  const shapes = { x: [2, 2, 6, 6] };
  // values 0.05 apart in mixed order, so that no finite difference changes which one is largest
  const fill = (_: number, i: number) => ((i * 61) % 149) * 0.05;
  Deno.test(`maxPool2d ${size}: gradient agrees with finite differences`, () =>
    checkGradient({ shapes, build: ({ x }) => maxPool2d(x, { size }), fill }));
  Deno.test(`averagePool2d ${size}: gradient agrees with finite differences`, () =>
    checkGradient({ shapes, build: ({ x }) => averagePool2d(x, { size }) }));
}
Deno.test("pooling rejects sizes that are not multiples of the window", () => {
  const x = new Graph().input("x", [1, 1, 5, 4]);
  assertThrows(
    () => maxPool2d(x),
    TypeError,
    "maxPool2d: x must be [n, c, h, w] with h and w multiples of 2, got [1,1,5,4]",
  );
  assertThrows(() => averagePool2d(x), TypeError, "averagePool2d");
});
