import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { chiSquareQuantile } from "../../../src/stats/distributions/chi_square_quantile.ts";
import { readFixture } from "../read_fixture.ts";

Deno.test("chi-square quantile agrees with R's qchisq", () => {
  const cases = readFixture("quantiles_r.json").chiSquare;
  assert(cases.length >= 99);
  for (const { p, df, x } of cases) assertClose(chiSquareQuantile(p, df), x, { relative: 1e-10 });
});

Deno.test("chi-square quantile at p = 0; invalid p and df are rejected", () => {
  assertEquals(chiSquareQuantile(0, 3), 0);
  assertThrows(() => chiSquareQuantile(1, 3), RangeError, "[0, 1)");
  assertThrows(() => chiSquareQuantile(0.5, 0), RangeError, "df above 0");
});
