import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { aucScoreInterval } from "../../../src/stats/intervals/auc_score_interval.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("aucScoreInterval agrees with Newcombe's formula solved by R's uniroot", () => {
  for (const { a, b, r } of casesWith("r", "scoreInterval")) {
    const found = aucScoreInterval(r.auc, [a.length, b.length]);
    assertClose(found, r.scoreInterval, { relative: 1e-10, absolute: 1e-9 });
  }
});

Deno.test("aucScoreInterval: the interval of an AUC of 1 or 0 has positive width, shorter with more heads", () => {
  const few = aucScoreInterval(1, [5, 5]), many = aucScoreInterval(1, [100, 36]);
  assertEquals([few[1], many[1]], [1, 1]);
  assert(few[0] < many[0] && few[0] > 0.4 && many[0] < 1);
  assertClose(aucScoreInterval(0, [5, 5])[1], 1 - few[0], { relative: 1e-9 });
});

Deno.test("aucScoreInterval: invalid AUCs and sizes are rejected; groups of one head are allowed", () => {
  assertThrows(() => aucScoreInterval(1.2, [5, 5]), RangeError, "1.2");
  assertThrows(() => aucScoreInterval(0.5, [0, 5]), RangeError, "sizes at least 1");
  assertThrows(() => aucScoreInterval(0.5, [5, 0.9]), RangeError, "sizes at least 1");
  for (const sizes of [[1, 5], [5, 1]] as const) { // the smallest that are allowed
    const [low, high] = aucScoreInterval(0.5, sizes);
    assert(low > 0 && low < 0.5 && high > 0.5 && high < 1);
  }
});
