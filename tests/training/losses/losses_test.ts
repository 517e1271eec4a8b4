import { assertThrows } from "@std/assert";
import { Graph } from "../../../src/training/graph/graph.ts";
import {
  bceWithLogits,
  focalWithLogits,
  meanSquaredError,
  softDice,
} from "../../../src/training/losses/losses.ts";
import { checkGradient } from "../check_gradient.ts";

const shapes = { x: [2, 1, 3, 4], t: [2, 1, 3, 4], w: [2, 1, 3, 4] };
const binary = (u: number, i: number, name: string) =>
  name === "t" ? i % 3 === 0 ? 1 : 0 : name === "w" ? i % 2 + 0.5 : 2 * u;
const probability = (u: number, i: number, name: string) => name === "x" ? 0.5 + 0.4 * u : binary(u, i, name);

const losses = { bceWithLogits, focalWithLogits, meanSquaredError };
for (const [name, loss] of Object.entries(losses)) {
  Deno.test(`${name}: gradient agrees with finite differences`, () =>
    checkGradient({ shapes, constants: ["t", "w"], fill: binary, build: ({ x, t }) => loss(x, t) }));
  Deno.test(`${name}, weighted: gradient agrees with finite differences`, () =>
    checkGradient({
      shapes,
      constants: ["t", "w"],
      fill: binary,
      build: ({ x, t, w }) => loss(x, t, { weight: w }),
    }));
}
Deno.test("softDice: gradient agrees with finite differences", () =>
  checkGradient({ shapes, constants: ["t", "w"], fill: probability, build: ({ x, t }) => softDice(x, t) }));
Deno.test("softDice, weighted: gradient agrees with finite differences", () =>
  checkGradient({
    shapes,
    constants: ["t", "w"],
    fill: probability,
    build: ({ x, t, w }) => softDice(x, t, { weight: w, smooth: 0.1 }),
  }));
Deno.test("losses reject shapes that differ", () => {
  const g = new Graph();
  const a = g.input("a", [2, 3]), b = g.input("b", [3, 2]);
  for (const [name, loss] of Object.entries({ ...losses, softDice })) {
    assertThrows(
      () => loss(a, b),
      TypeError,
      `${name}: both arrays must have the same shape, got [2,3] and [3,2]`,
    );
  }
});
