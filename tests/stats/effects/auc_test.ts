import { assertClose } from "@std/assert";
import { auc } from "../../../src/stats/effects/auc.ts";
import { assertRefusesSamples } from "../refuse_samples.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("AUC agrees with pROC and becomes 1 - AUC if the samples are swapped; invalid input is rejected", () => {
  for (const { a, b, r } of casesWith("r", "auc")) {
    assertClose(auc(a, b), r.auc, { relative: 1e-10, absolute: 1e-15 });
    assertClose(auc(a, b) + auc(b, a), 1, { relative: 1e-14 });
  }
  assertRefusesSamples(auc);
});
