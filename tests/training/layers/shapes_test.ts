import { assertEquals, assertThrows } from "@std/assert";
import { Graph } from "../../../src/training/graph/graph.ts";
import { concat, reshape, slice, split, transpose } from "../../../src/training/layers/shapes.ts";
import { multiply } from "../../../src/training/layers/elementwise.ts";
import { checkGradient } from "../check_gradient.ts";

const x = { x: [2, 3, 4] };
Deno.test("reshape: gradient agrees with finite differences", () =>
  checkGradient({ shapes: x, build: ({ x }) => reshape(x, [6, 4]) }));
Deno.test("transpose: gradient agrees with finite differences", () =>
  checkGradient({ shapes: x, build: ({ x }) => transpose(x, [2, 0, 1]) }));
Deno.test("concat: gradient agrees with finite differences", () =>
  checkGradient({ shapes: { a: [2, 1, 3], b: [2, 4, 3] }, build: ({ a, b }) => concat([a, b]) }));
Deno.test("slice: gradient agrees with finite differences", () =>
  checkGradient({ shapes: x, build: ({ x }) => slice(x, { axis: 2, start: 1, end: 3 }) }));
Deno.test("split: the gradient combines those of both parts and agrees with finite differences", () =>
  checkGradient({
    shapes: x,
    build: ({ x }) => {
      const [a, b] = split(x, [1, 2]);
      return multiply(a, b);
    },
  }));

Deno.test("reshape, transpose, concat, slice and split reject inconsistent shapes with a reason", () => {
  const x = new Graph().input("x", [2, 3, 4]);
  assertThrows(() => reshape(x, [5, 5]), TypeError, "reshape: [5,5] must hold 25 numbers, got [2,3,4]");
  assertThrows(() => transpose(x, [0, 0, 1]), TypeError, "transpose");
  assertThrows(() => concat([x, slice(x, { axis: 2, start: 0, end: 1 })]), TypeError, "concat");
  assertThrows(() => concat([]), TypeError, "at least one array");
  assertThrows(() => slice(x, { start: 2, end: 4 }), RangeError, "slice");
  assertThrows(() => split(x, [1, 1]), TypeError, "split: sizes must add up to 3");
  assertEquals(split(x, [1, 2]).map((part) => part.shape), [[2, 1, 4], [2, 2, 4]]);
});
