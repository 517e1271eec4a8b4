import { assertThrows } from "@std/assert";
import { Graph } from "../../../src/training/graph/graph.ts";
import { groupNorm } from "../../../src/training/layers/group_norm.ts";
import { checkGradient } from "../check_gradient.ts";

for (const groups of [1, 2, 4]) {
  Deno.test(`groupNorm in ${groups} groups: gradient agrees with finite differences`, () =>
    checkGradient({
      shapes: { x: [2, 4, 3, 4], gain: [4], shift: [4] },
      build: ({ x, gain, shift }) => groupNorm(x, { groups, gain, shift }),
    }));
}
Deno.test("groupNorm rejects groups that do not divide the channels", () => {
  const g = new Graph();
  const options = { groups: 3, gain: g.input("a", [4]), shift: g.input("b", [4]) };
  assertThrows(() => groupNorm(g.input("x", [1, 4, 2, 2]), options), TypeError, "c a multiple of 3");
});
