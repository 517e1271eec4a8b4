import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { incompleteGamma } from "../../../src/stats/distributions/incomplete_gamma.ts";

Deno.test("incomplete gamma: P(1, x) = 1 - e^-x; series and continued fraction agree near x = a + 1", () => {
  for (const x of [1e-10, 0.5, 1.999, 2.001, 30]) {
    assertClose(incompleteGamma(1, x).lower, -Math.expm1(-x), { relative: 1e-13 });
    assertClose(incompleteGamma(1, x).logUpper, -x, { relative: 1e-13 });
  }
  for (const a of [0.3, 5, 90]) {
    const below = incompleteGamma(a, (a + 1) * (1 - 1e-12)),
      above = incompleteGamma(a, (a + 1) * (1 + 1e-12));
    assertClose(below.upper, above.upper, { relative: 1e-10 });
    assertClose(below.lower + below.upper, 1, { relative: 1e-14 });
  }
});

Deno.test("incomplete gamma at its ends; invalid arguments are rejected", () => {
  assertEquals(incompleteGamma(2, 0), { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 });
  assertEquals(incompleteGamma(2, Infinity).upper, 0);
  assertThrows(() => incompleteGamma(0, 1), RangeError, "a must be above 0");
  assertThrows(() => incompleteGamma(1, -1), RangeError, "x at least 0");
});
