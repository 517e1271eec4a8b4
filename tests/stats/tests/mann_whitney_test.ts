import { assertClose, assertEquals } from "@std/assert";
import { mannWhitney } from "../../../src/stats/tests/mann_whitney.ts";
import { assertRefusesSamples } from "../refuse_samples.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("Mann-Whitney: u and the asymptotic p, also with ties, agree with R (with and without continuity correction) and SciPy", () => {
  for (const { a, b, tied, r } of casesWith("r", "u")) {
    const found = mannWhitney(a, b, { method: "asymptotic" });
    assertClose(found.u, r.u);
    if (tied) continue; // R gives NaN
    assertClose(found.p, r.p, { relative: 1e-10 });
    const plain = mannWhitney(a, b, { method: "asymptotic", continuity: false });
    assertClose(plain.p, r.pPlain, { relative: 1e-10 });
  }
  for (const { a, b, scipy } of casesWith("scipy", "p")) {
    const found = mannWhitney(a, b, { method: "asymptotic" });
    assertClose([found.u, found.p], [scipy.u, scipy.p], { relative: 1e-10 });
  }
});

Deno.test("Mann-Whitney: the exact p without ties agrees with R's wilcox.test and SciPy", () => {
  for (const { a, b, r } of casesWith("r", "pExactWilcox")) {
    assertClose(mannWhitney(a, b, { method: "exact" }).p, r.pExactWilcox, { relative: 1e-10 });
  }
  for (const { a, b, scipy } of casesWith("scipy", "pExact")) {
    assertClose(mannWhitney(a, b, { method: "exact" }).p, scipy.pExact, { relative: 1e-10 });
  }
});

Deno.test("Mann-Whitney: the default is the exact test if both samples have fewer than 50 values, otherwise the asymptotic test", () => {
  const list = (n: number) => Array.from({ length: n }, (_, i) => i);
  assertEquals(mannWhitney(list(49), list(49)).method, "exact");
  assertEquals(mannWhitney(list(50), list(3)).method, "asymptotic");
});

Deno.test("Mann-Whitney: all values equal give p = 1; invalid input is rejected", () => {
  const flat = [2, 2, 2];
  assertEquals(mannWhitney(flat, flat), { u: 4.5, p: 1, method: "exact" });
  assertEquals(mannWhitney(flat, flat, { method: "asymptotic" }).p, 1);
  assertEquals(mannWhitney(flat, flat, { method: "asymptotic", continuity: false }).p, 1);
  assertRefusesSamples(mannWhitney);
});
