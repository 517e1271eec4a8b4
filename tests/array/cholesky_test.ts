import { assertThrows } from "@std/assert";
import { cholesky } from "../../src/array/cholesky.ts";

Deno.test("cholesky rejects a matrix that is not positive definite", () => {
  assertThrows(() => cholesky(Float64Array.of(1, 2, 2, 1), 2), RangeError, "pivot 1");
  assertThrows(() => cholesky(Float64Array.of(1, 1, 1, 1), 2), RangeError, "positive definite");
  assertThrows(() => cholesky(Float64Array.of(NaN), 1), RangeError, "NaN");
  assertThrows(() => cholesky(new Float64Array(3), 2), TypeError, "4 values, got 3");
});
