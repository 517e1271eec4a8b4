import { assertThrows } from "@std/assert";
import * as op from "../../../src/training/layers/activations.ts";
import { Graph } from "../../../src/training/graph/graph.ts";
import { awayFromZero, checkGradient } from "../check_gradient.ts";

for (const name of ["relu", "leakyRelu", "sigmoid", "softplus", "silu", "tanh"] as const) {
  Deno.test(`${name}: gradient agrees with finite differences`, () =>
    checkGradient({
      shapes: { x: [4, 6] },
      build: ({ x }) => op[name](x),
      fill: (u) => awayFromZero(3 * u),
    }));
}
Deno.test("leakyRelu with another slope: gradient agrees with finite differences", () =>
  checkGradient({
    shapes: { x: [9] },
    build: ({ x }) => op.leakyRelu(x, { slope: 0.2 }),
    fill: awayFromZero,
  }));
Deno.test("leakyRelu rejects a slope that is not above 0 and at most 1", () => {
  const x = new Graph().input("x", [1]);
  for (const slope of [0, 1.5, NaN]) {
    assertThrows(
      () => op.leakyRelu(x, { slope }),
      RangeError,
      `leakyRelu: the slope must be above 0 and at most 1, got ${slope}`,
    );
  }
});
