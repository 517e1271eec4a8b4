import { assertEquals, assertThrows } from "@std/assert";
import * as op from "../../../src/training/layers/elementwise.ts";
import { Graph } from "../../../src/training/graph/graph.ts";
import { awayFromZero, checkGradient } from "../check_gradient.ts";

const two = { a: [2, 3, 4], b: [3, 1] };
const positive = (u: number) => 1.2 + u * 0.8;

for (const name of ["add", "subtract", "multiply", "divide"] as const) {
  Deno.test(`${name}: the gradient with broadcasting agrees with finite differences`, () =>
    checkGradient({ shapes: two, build: ({ a, b }) => op[name](a, b), fill: awayFromZero }));
}
for (const name of ["negate", "exp", "square"] as const) {
  Deno.test(`${name}: gradient agrees with finite differences`, () =>
    checkGradient({ shapes: { a: [3, 4] }, build: ({ a }) => op[name](a) }));
}
for (const name of ["log", "sqrt", "reciprocalSqrt"] as const) {
  Deno.test(`${name}: gradient agrees with finite differences`, () =>
    checkGradient({ shapes: { a: [3, 4] }, build: ({ a }) => op[name](a), fill: positive }));
}
Deno.test("absolute: gradient agrees with finite differences", () =>
  checkGradient({ shapes: { a: [3, 4] }, build: ({ a }) => op.absolute(a), fill: awayFromZero }));
Deno.test("whereGreater: the gradient of both branches, one branch broadcast, agrees with finite differences", () =>
  checkGradient({
    shapes: { a: [3, 4], b: [3, 4], c: [1, 4] },
    constants: ["a"],
    build: ({ a, b, c }) => op.whereGreater(a, { threshold: 0.1, yes: b, no: c }),
  }));
Deno.test("the gradient of a value that is used twice is the sum over both uses", () =>
  checkGradient({ shapes: { a: [5] }, build: ({ a }) => op.multiply(a, op.add(op.exp(a), a)) }));

Deno.test("elementwise operations: shapes that cannot be broadcast are rejected with the operation's name", () => {
  const g = new Graph();
  assertThrows(
    () => op.add(g.input("a", [2, 3]), g.input("b", [2, 4])),
    TypeError,
    "add: sizes must be equal or 1 on every axis, got [2,3] and [2,4]",
  );
  assertThrows(() => op.multiply(2, 3), TypeError, "multiply");
  assertEquals(op.broadcastShape("add", [4, 1], [2, 1, 3]), [2, 4, 3]);
});
