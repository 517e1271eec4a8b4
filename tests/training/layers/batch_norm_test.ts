import { assertThrows } from "@std/assert";
import { batchNorm } from "../../../src/training/layers/batch_norm.ts";
import { flatBinding } from "../../../src/training/graph/flat_binding.ts";
import { Graph, Value } from "../../../src/training/graph/graph.ts";
import { checkGradient } from "../check_gradient.ts";

Deno.test("batchNorm: the gradient through the batch's statistics agrees with finite differences", () =>
  checkGradient({
    shapes: { x: [3, 4, 3, 5], gain: [4], shift: [4] },
    build: ({ x, gain, shift }) => batchNorm(x, { name: "n", gain, shift }),
    fill: (u, i) => u + 0.3 * (i % 5),
  }));
Deno.test("batchNorm rejects gains of the wrong length and a single value per channel", () => {
  const g = new Graph({ binding: flatBinding() });
  const c = (n: number) => new Value(g, `c${n}`, [n]);
  const x = g.input("x", [2, 3, 4, 4]), one = g.input("one", [1, 3, 1, 1]);
  assertThrows(() => batchNorm(x, { name: "a", gain: c(4), shift: c(3) }), TypeError, "batchNorm");
  assertThrows(
    () => batchNorm(one, { name: "b", gain: c(3), shift: c(3) }),
    RangeError,
    "two values per channel, got 1",
  );
});
