import { assertClose, assertThrows } from "@std/assert";
import { readFixture } from "../read_fixture.ts";
import { tQuantile } from "../../../src/stats/distributions/t_quantile.ts";

Deno.test("t quantile agrees with R's qt", () => {
  for (const { p, df, x } of readFixture("quantiles_r.json").t) {
    assertClose(tQuantile(p, df), x, { relative: 1e-10, absolute: 1e-14 });
  }
});

Deno.test("t quantile rejects p = 0, p = 1 and NaN", () => {
  for (const p of [0, 1]) assertThrows(() => tQuantile(p, 3), RangeError, "(0, 1)");
  assertThrows(() => tQuantile(0.5, NaN), RangeError, "NaN");
});
