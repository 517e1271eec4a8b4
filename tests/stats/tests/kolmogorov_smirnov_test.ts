import { assertClose, assertEquals } from "@std/assert";
import { kolmogorovSmirnov } from "../../../src/stats/tests/kolmogorov_smirnov.ts";
import { assertRefusesSamples } from "../refuse_samples.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("Kolmogorov-Smirnov: exact p without ties agrees with SciPy", () => {
  for (const { a, b, scipy } of casesWith("scipy", "ksP")) {
    const found = kolmogorovSmirnov(a, b, { method: "exact" });
    assertClose([found.d, found.p], [scipy.ksD, scipy.ksP], { relative: 1e-10 });
  }
});

Deno.test("Kolmogorov-Smirnov: exact p with ties agrees with R", () => {
  for (const { a, b, r } of casesWith("r", "ksP")) {
    const found = kolmogorovSmirnov(a, b, { method: "exact" });
    assertClose(found.d, r.ksD, { relative: 1e-10 });
    // R computes p as 1 - cdf, with an absolute rounding error.
    assertClose(found.p, r.ksP, { relative: 1e-10, absolute: 1e-13 });
  }
});

Deno.test("Kolmogorov-Smirnov: exact p with ties is the share of all splits whose d is at least as large", () => {
  const values = [1, 1, 2, 2, 2, 3, 4], m = 3, { d, p } = kolmogorovSmirnov([1, 1, 2], [2, 2, 3, 4]);
  let splits = 0, beyond = 0;
  for (let mask = 0; mask < 128; mask++) {
    const a = values.filter((_, i) => mask >> i & 1), b = values.filter((_, i) => !(mask >> i & 1));
    if (a.length !== m) continue;
    splits++;
    if (kolmogorovSmirnov(a, b).d >= d - 1e-12) beyond++;
  }
  assertClose(p, beyond / splits, { relative: 1e-12 });
});

Deno.test("Kolmogorov-Smirnov: the asymptotic p agrees with SciPy's kstwobign; the asymptotic method is the default for two samples of 2100", () => {
  for (const { a, b, scipy } of casesWith("scipy", "ksAsymptotic")) {
    const found = kolmogorovSmirnov(a, b, { method: "asymptotic" });
    assertClose(found.p, scipy.ksAsymptotic, { relative: 1e-10 });
  }
  const many = Array.from({ length: 2100 }, (_, i) => i);
  assertEquals(kolmogorovSmirnov(many, many).method, "asymptotic");
});

Deno.test("Kolmogorov-Smirnov: equal samples give p = 1; invalid input is rejected", () => {
  assertEquals(kolmogorovSmirnov([2, 2], [2, 2, 2]), { d: 0, p: 1, method: "exact" });
  assertRefusesSamples(kolmogorovSmirnov);
});
