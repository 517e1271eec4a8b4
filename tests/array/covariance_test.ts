import { assertClose, assertThrows } from "@std/assert";
import { covariance } from "../../src/array/covariance.ts";

Deno.test("the covariance of values far from zero is accurate; invalid input is rejected", () => {
  const near = Float64Array.of(1, 5, 2, 3, 4, 4), far = near.map((v) => v + 1e9);
  assertClose(covariance(far, 2).covariance, covariance(near, 2).covariance, { relative: 1e-12 });
  assertClose(
    covariance(near, 2, { ddof: 0 }).covariance,
    covariance(near, 2).covariance.map((v) => v * 2 / 3),
  );
  assertThrows(() => covariance(Float64Array.of(1, 2, 3, NaN), 2), RangeError, "NaN in row 1, column 1");
  assertThrows(() => covariance(Float64Array.of(1, 2, 3), 2), TypeError, "not a multiple");
  assertThrows(() => covariance(Float64Array.of(1, 2), 2), RangeError, "got 1");
  assertThrows(() => covariance(Float64Array.of(1, 2), 0), TypeError, "got 0");
});
