import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { quantile } from "../../src/array/quantile.ts";

Deno.test("quantiles equal those of NumPy and R (type 7)", () => {
  // numpy.quantile([7, 1, 3, 10], [0, .1, .25, .5, .9, 1]); R: quantile(c(7, 1, 3, 10), ...)
  const found = [0, 0.1, 0.25, 0.5, 0.9, 1].map((p) => quantile([7, 1, 3, 10], p));
  assertClose(found, [1, 1.6, 2.5, 5, 9.1, 10], { relative: 1e-12 });
  assertEquals(quantile([4], 0.3), 4);
  assertThrows(() => quantile([], 0.5), RangeError, "no values");
  assertThrows(() => quantile([1, NaN], 0.5), RangeError, "NaN");
  assertThrows(() => quantile([1], 1.5), RangeError, "1.5");
});
