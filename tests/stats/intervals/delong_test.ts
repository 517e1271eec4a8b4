import { assertClose, assertEquals } from "@std/assert";
import { delong } from "../../../src/stats/intervals/delong.ts";
import { assertRefusesSamples } from "../refuse_samples.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("AUC, DeLong's variance and interval agree with pROC", () => {
  for (const { a, b, r } of casesWith("r", "aucVariance")) {
    const found = delong(a, b);
    const want = [r.auc, ...r.aucInterval];
    assertClose([found.auc, ...found.interval], want, { relative: 1e-10, absolute: 1e-12 });
    assertClose(found.variance, r.aucVariance, { relative: 1e-10, absolute: 1e-16 });
  }
});

Deno.test("DeLong: a higher level gives a wider interval; without overlap both limits are 1; invalid input is rejected", () => {
  const a = [1, 2, 4, 5, 8], b = [3, 6, 7, 9];
  const [low95] = delong(a, b).interval, [low99] = delong(a, b, { level: 0.99 }).interval;
  assertEquals(low99 < low95, true);
  assertEquals(delong([1, 2], [3, 4]).interval, [1, 1]);
  assertRefusesSamples(delong);
});
