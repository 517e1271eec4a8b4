import { assertThrows } from "@std/assert";
import { Graph } from "../../../src/training/graph/graph.ts";
import { upsampleBilinear, upsampleNearest } from "../../../src/training/layers/upsampling.ts";
import { checkGradient } from "../check_gradient.ts";

for (const [name, op] of Object.entries({ upsampleNearest, upsampleBilinear })) {
  for (const factor of [2, 3]) {
    Deno.test(`${name} ${factor}: gradient agrees with finite differences`, () =>
      checkGradient({ shapes: { x: [2, 2, 3, 4] }, build: ({ x }) => op(x, { factor }) }));
  }
  Deno.test(`${name} rejects a fractional factor`, () => {
    assertThrows(() => op(new Graph().input("x", [1, 1, 2, 2]), { factor: 1.5 }), TypeError, name);
  });
}
