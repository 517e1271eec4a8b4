import { assertClose, assertThrows } from "@std/assert";
import { logGamma } from "../../../src/stats/distributions/log_gamma.ts";
import { readFixture } from "../read_fixture.ts";

Deno.test("log gamma agrees with mpmath; zero and NaN are rejected", () => {
  for (const { kind, args, p } of readFixture("tails.json")) {
    // Near 1 and 2, where log gamma passes through 0, only the absolute error stays small.
    if (kind === "log-gamma") assertClose(logGamma(args[0]), p, { relative: 1e-13, absolute: 1e-14 });
  }
  assertThrows(() => logGamma(0), RangeError, "above 0");
  assertThrows(() => logGamma(NaN), RangeError, "NaN");
});

Deno.test("log gamma: Gamma(x + 1) = x Gamma(x)", () => {
  for (let x = 0.1; x < 60; x += 0.7) {
    assertClose(logGamma(x + 1), logGamma(x) + Math.log(x), { relative: 1e-12, absolute: 1e-13 });
  }
});
