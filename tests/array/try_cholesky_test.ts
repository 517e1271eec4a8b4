import { assertEquals, assertThrows } from "@std/assert";
import { cholesky } from "../../src/array/cholesky.ts";
import { tryCholesky } from "../../src/array/try_cholesky.ts";

Deno.test("tryCholesky: the factor, or null if there is none; a wrong shape is still an error", () => {
  const a = Float64Array.of(4, 2, 2, 3);
  assertEquals(tryCholesky(a, 2), cholesky(a, 2));
  assertEquals(tryCholesky(Float64Array.of(1, 1, 1, 1), 2), null);
  assertThrows(() => tryCholesky(Float64Array.of(1, 1, 1), 2), TypeError, "got 3");
});
