import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { spearman, weightedPearson } from "../../../src/stats/effects/spearman.ts";
import { casesWith } from "../two_sample_cases.ts";

Deno.test("Spearman agrees with SciPy", () => {
  for (const { a, b, scipy } of casesWith("scipy", "spearman")) {
    const n = Math.min(a.length, b.length);
    assertClose(spearman(a.slice(0, n), b.slice(0, n)), scipy.spearman, { relative: 1e-10, absolute: 1e-14 });
  }
});

Deno.test("weightedPearson: a weight of 2 counts a pair twice; null if only one pair has weight", () => {
  const twice = weightedPearson([1, 1, 2, 5], [2, 2, 1, 9]),
    weighted = weightedPearson([1, 2, 5], [2, 1, 9], [2, 1, 1]);
  assertClose(weighted!, twice!, { relative: 1e-12 });
  assertEquals(weightedPearson([1, 2], [3, 4], [1, 0]), null);
});

Deno.test("spearman rejects constant data, fewer than 3 pairs, unequal lengths and NaN", () => {
  assertThrows(() => spearman([1, 2, 3], [5, 5, 5]), RangeError, "does not vary");
  assertThrows(() => spearman([1, 2], [1, 2]), RangeError, "at least 3");
  assertThrows(() => spearman([1, 2, 3], [1, 2]), TypeError, "lengths must be equal");
  assertThrows(() => spearman([1, 2, NaN], [1, 2, 3]), RangeError, "NaN at index 2");
});
