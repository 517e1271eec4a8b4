import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { incompleteBeta } from "../../../src/stats/distributions/incomplete_beta.ts";

Deno.test("incomplete beta: I_x(a, 1) = x^a, and I_x(a, b) = 1 - I_(1-x)(b, a)", () => {
  for (const x of [1e-9, 0.2, 0.5, 0.9]) {
    for (const a of [0.4, 1, 7]) {
      assertClose(incompleteBeta(a, 1, { x }).lower, x ** a, { relative: 1e-12 });
      const one = incompleteBeta(a, 2.5, { x }), other = incompleteBeta(2.5, a, { x: 1 - x, y: x });
      assertClose(one.lower, other.upper, { relative: 1e-12 });
    }
  }
});

Deno.test("incomplete beta at its ends; invalid arguments are rejected", () => {
  assertEquals([incompleteBeta(2, 3, { x: 0 }).lower, incompleteBeta(2, 3, { x: 1 }).lower], [0, 1]);
  assertThrows(() => incompleteBeta(2, 3, { x: 1.1 }), RangeError, "x in [0, 1]");
  assertThrows(() => incompleteBeta(0, 3, { x: 0.5 }), RangeError, "a and b must be above 0");
});
