import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { normalQuantile } from "../../../src/stats/distributions/normal_quantile.ts";
import { normalTail } from "../../../src/stats/distributions/normal_tail.ts";
import { readFixture } from "../read_fixture.ts";

Deno.test("normal quantile agrees with R's qnorm, down to p = 1e-300", () => {
  for (const { p, z } of readFixture("quantiles_r.json").normal) {
    assertClose(normalQuantile(p), z, { relative: 1e-10, absolute: 1e-15 });
  }
  assertEquals([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)], [-Infinity, 0, Infinity]);
});

Deno.test("normal quantile inverts the tail at 199 values of p", () => {
  for (let i = 1; i < 200; i++) {
    assertClose(normalTail(-normalQuantile(i / 200)), i / 200, { relative: 1e-12 });
  }
});

Deno.test("normal quantile rejects a number that is not a probability", () => {
  assertThrows(() => normalQuantile(-0.1), RangeError, "[0, 1]");
  assertThrows(() => normalQuantile(NaN), RangeError, "NaN");
});
