import { assertClose, assertEquals } from "@std/assert";
import { hedgesG, meanAndSquares } from "../../../src/stats/effects/hedges_g.ts";
import { assertRefusesSamples } from "../refuse_samples.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("Hedges' g agrees with its formula in SciPy", () => {
  for (const { kind, a, b, scipy } of casesWith("scipy", "hedges")) {
    // Values near 1e6 lose digits when they are subtracted.
    assertClose(hedgesG(a, b)!, scipy.hedges, { relative: kind === "large" ? 1e-7 : 1e-10, absolute: 1e-14 });
  }
});

Deno.test("Hedges' g is positive if b is above a; for two constant samples g is 0 if the constants are equal, otherwise null; invalid input is rejected", () => {
  assertEquals(Math.sign(hedgesG([1, 2, 3], [4, 5, 7])!), 1);
  assertEquals(hedgesG([2, 2], [2, 2, 2]), 0);
  assertEquals(hedgesG([2, 2], [3, 3]), null);
  assertRefusesSamples(hedgesG);
});

Deno.test("meanAndSquares: mean and sum of squares of values far from zero stay accurate", () => {
  const [mean, squares] = meanAndSquares([1e9 + 1, 1e9 + 2, 1e9 + 3]);
  assertEquals([mean, squares], [1e9 + 2, 2]);
});
