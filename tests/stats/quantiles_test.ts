import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { binomialInterval } from "../../src/stats/binomial_interval.ts";
import { chiSquareQuantile } from "../../src/stats/chi_square_quantile.ts";
import { normalQuantile } from "../../src/stats/normal_quantile.ts";
import { tQuantile } from "../../src/stats/t_quantile.ts";
import { readFixture } from "./read_fixture.ts";

const fixture = readFixture("quantiles_r.json");

Deno.test("normal quantile agrees with R's qnorm, down to p = 1e-300", () => {
  for (const { p, z } of fixture.normal) {
    assertClose(normalQuantile(p), z, { relative: 1e-10, absolute: 1e-15 });
  }
  assertEquals(normalQuantile(0), -Infinity);
  assertEquals(normalQuantile(1), Infinity);
});

Deno.test("chi-square and t quantiles agree with R", () => {
  for (const { p, df, x } of fixture.chiSquare) assertClose(chiSquareQuantile(p, df), x, { relative: 1e-10 });
  for (const { p, df, x } of fixture.t) {
    assertClose(tQuantile(p, df), x, { relative: 1e-10, absolute: 1e-14 });
  }
});

Deno.test("intervals of shares agree with binom.test and prop.test", () => {
  for (const { k, n, low, high, wilsonLow, wilsonHigh } of fixture.share) {
    assertClose(binomialInterval(k, n), [low, high], { relative: 1e-10, absolute: 1e-14 });
    assertClose(binomialInterval(k, n, { method: "wilson" }), [wilsonLow, wilsonHigh], {
      relative: 1e-10,
      absolute: 1e-12,
    });
  }
});

Deno.test("quantiles refuse what lies outside", () => {
  assertThrows(() => normalQuantile(-0.1), RangeError, "[0, 1]");
  assertThrows(() => normalQuantile(NaN), RangeError, "NaN");
  assertThrows(() => chiSquareQuantile(1, 3), RangeError, "[0, 1)");
  assertThrows(() => tQuantile(0, 3), RangeError, "(0, 1)");
  assertThrows(() => binomialInterval(4, 3), RangeError, "4 of 3");
});
