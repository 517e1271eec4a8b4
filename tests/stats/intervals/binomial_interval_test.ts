import { assert, assertClose, assertThrows } from "@std/assert";
import { binomialInterval } from "../../../src/stats/intervals/binomial_interval.ts";
import { readFixture } from "../read_fixture.ts";

Deno.test("binomialInterval agrees with R's binom.test (Clopper-Pearson) and prop.test (Wilson)", () => {
  const cases = readFixture("quantiles_r.json").share;
  assert(cases.length >= 100);
  for (const { k, n, low, high, wilsonLow, wilsonHigh } of cases) {
    assertClose(binomialInterval(k, n), [low, high], { relative: 1e-10, absolute: 1e-14 });
    const wilson = binomialInterval(k, n, { method: "wilson" });
    assertClose(wilson, [wilsonLow, wilsonHigh], { relative: 1e-10, absolute: 1e-12 });
  }
});

Deno.test("binomialInterval: invalid counts are rejected", () => {
  assertThrows(() => binomialInterval(4, 3), RangeError, "4 of 3");
  assertThrows(() => binomialInterval(0, 0), RangeError, "0 of 0");
  assertThrows(() => binomialInterval(1.5, 3), RangeError, "1.5 of 3");
});
