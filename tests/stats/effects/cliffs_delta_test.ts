import { assertClose, assertEquals } from "@std/assert";
import { cliffsDelta } from "../../../src/stats/effects/cliffs_delta.ts";
import { assertRefusesSamples } from "../refuse_samples.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("Cliff's delta equals its definition over all pairs", () => {
  for (const { a, b } of casesWith("r", "auc")) {
    let sum = 0;
    for (const x of a) for (const y of b) sum += Math.sign(y - x);
    assertClose(cliffsDelta(a, b), sum / (a.length * b.length), { relative: 1e-10, absolute: 1e-14 });
  }
});

Deno.test("Cliff's delta is 1 or -1 without overlap, 0 for equal samples; invalid input is rejected", () => {
  assertEquals([cliffsDelta([1, 2], [3]), cliffsDelta([3], [1, 2]), cliffsDelta([1], [1])], [1, -1, 0]);
  assertRefusesSamples(cliffsDelta);
});
