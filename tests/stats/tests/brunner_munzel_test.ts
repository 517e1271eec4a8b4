import { assertClose, assertEquals } from "@std/assert";
import { auc } from "../../../src/stats/effects/auc.ts";
import { brunnerMunzel } from "../../../src/stats/tests/brunner_munzel.ts";
import { assertRefusesSamples } from "../refuse_samples.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("Brunner-Munzel agrees with SciPy", () => {
  for (const { a, b, scipy } of casesWith("scipy", "bm")) {
    const found = brunnerMunzel(a, b);
    assertClose(found.statistic, scipy.bm, { relative: 1e-10 });
    // SciPy computes p as 1 - cdf, with an absolute rounding error.
    assertClose(found.p, scipy.bmP, { relative: 1e-10, absolute: 1e-15 });
    assertClose(found.estimate, auc(a, b));
  }
});

Deno.test("Brunner-Munzel: without overlap the statistic is infinite, for equal constants p is 1; invalid input is rejected", () => {
  assertEquals(brunnerMunzel([2, 2], [2, 2, 2]).p, 1);
  assertEquals(brunnerMunzel([1, 2], [3, 4]), { statistic: Infinity, df: 2, p: 0, estimate: 1 });
  assertEquals(brunnerMunzel([3, 4], [1, 2]).statistic, -Infinity);
  assertRefusesSamples(brunnerMunzel);
});
