import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { detectableAuc } from "../../../src/stats/tests/detectable_auc.ts";
import { mannWhitney } from "../../../src/stats/tests/mann_whitney.ts";
import { normalQuantile } from "../../../src/stats/distributions/normal_quantile.ts";

Deno.test("detectableAuc: if the true AUC is the detectable one, the Mann-Whitney test is significant in about 80 % of samples", () => {
  const prng = seededPrng(6), nA = 60, nB = 30, runs = 600;
  const shift = Math.SQRT2 * normalQuantile(detectableAuc(nA, nB)!);
  const draw = (n: number, mean: number) => Array.from({ length: n }, () => prng.normal() + mean);
  let found = 0;
  for (let i = 0; i < runs; i++) {
    if (mannWhitney(draw(nA, 0), draw(nB, shift), { method: "asymptotic", continuity: false }).p < 0.05) {
      found++;
    }
  }
  assertClose(found / runs, 0.8, { absolute: 0.06 });
});

Deno.test("detectableAuc falls with more heads, rises with design effect and power, and is null for two heads per group", () => {
  assert(detectableAuc(100, 100)! < detectableAuc(50, 50)!);
  assert(detectableAuc(50, 50, { designEffect: 1.5 })! > detectableAuc(50, 50)!);
  assert(detectableAuc(50, 50, { power: 0.9 })! > detectableAuc(50, 50)!);
  assertEquals(detectableAuc(2, 2), null);
});

Deno.test("detectableAuc: sizes, level, power and design effect out of range are rejected", () => {
  assertThrows(() => detectableAuc(0, 5), RangeError, "sizes must be at least 1");
  assertThrows(() => detectableAuc(5, 0.9), RangeError, "sizes must be at least 1");
  for (const out of [{ alpha: 1 }, { alpha: 0 }, { power: 0 }, { power: 1 }]) {
    assertThrows(() => detectableAuc(5, 5, out), RangeError, "(0, 1)");
  }
  assertThrows(() => detectableAuc(5, 5, { designEffect: 0 }), RangeError, "above 0");
  assertThrows(() => detectableAuc(5, 5, { designEffect: NaN }), RangeError, "NaN");
});

Deno.test("the detectable AUC has the requested power, with Hanley and McNeil's variance written out", () => {
  for (const [nA, nB] of [[80, 25], [25, 80], [1, 900]] as const) {
    const auc = detectableAuc(nA, nB, { power: 0.9, designEffect: 1.3 });
    if (nA === 1) {
      assertEquals(auc, null); // the smallest group that is allowed
      continue;
    }
    const a = auc!, q1 = a / (2 - a), q2 = 2 * a * a / (1 + a);
    const pairs = a * (1 - a) + (nA - 1) * (q1 - a * a) + (nB - 1) * (q2 - a * a);
    const sd = Math.sqrt(1.3 * pairs / (nA * nB)), nullSd = Math.sqrt(1.3 * (nA + nB + 1) / (12 * nA * nB));
    assertClose((a - 0.5 - normalQuantile(0.975) * nullSd) / sd, normalQuantile(0.9), { relative: 1e-9 });
  }
});
