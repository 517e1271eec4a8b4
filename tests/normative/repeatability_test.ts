import { assertClose, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { repeatability } from "../../src/normative/repeatability.ts";

const prng = seededPrng(12);

Deno.test("repeatability: with noise of standard deviation 1 the smallest detectable change is about 2.8", () => {
  const heads = 400, rows = new Float64Array(heads * 3);
  for (let i = 0; i < heads; i++) {
    const own = 5 * prng.normal();
    for (let j = 0; j < 3; j++) rows[i * 3 + j] = own + prng.normal();
  }
  const found = repeatability(rows, 3);
  assertClose(found.smallestDetectableChange, 1.96 * Math.SQRT2, { relative: 0.1 });
  assertClose(found.agreement, 25 / 26, { absolute: 0.02 });
  assertThrows(() => repeatability(Float64Array.of(1, 2), 2), RangeError, "at least 2 subjects");
});

Deno.test("repeatability: the standard error includes the variance between repeats if its estimate is positive", () => {
  // Two-way analysis of variance of 3 heads x 2 repeats: mean squares 13.5 between repeats and 0.5 for the error.
  const shifted = repeatability(Float64Array.of(1, 3, 2, 6, 3, 6), 2);
  assertClose(shifted.standardError, Math.sqrt((13.5 - 0.5) / 3 + 0.5));
  assertClose(shifted.smallestDetectableChange, 1.96 * Math.sqrt(2 * ((13.5 - 0.5) / 3 + 0.5)));
  // Mean square 0 between repeats, 0.5 for the error: no negative variance is added.
  assertClose(repeatability(Float64Array.of(1, 2, 2, 1, 5, 5), 2).standardError, Math.sqrt(0.5));
});
