import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { combinedScore, fitCombined } from "../../src/normative/combined_score.ts";

Deno.test("combined score: 0 at the validation medians, each measure divided by its own spread; invalid measures are rejected", () => {
  const scale = fitCombined({ distances: [1, 2, 3, 4, 5], residuals: [10, 20, 30, 40, 50] });
  assertEquals(combinedScore({ distance: 3, residual: 30 }, scale), 0);
  assertClose(
    combinedScore({ distance: 4, residual: 30 }, scale),
    combinedScore({ distance: 3, residual: 40 }, scale),
  );
  const only = fitCombined({ distances: [1, 2, 3], residuals: [5, 6, 9] }, { weights: [2, 0] });
  assertEquals(combinedScore({ distance: 2, residual: 1e9 }, only), 0);
  assertThrows(
    () => fitCombined({ distances: [1, 1], residuals: [1, 2] }),
    RangeError,
    "distance: it does not vary",
  );
  assertThrows(() => fitCombined({ distances: [1], residuals: [1] }), RangeError, "at least 2");
  assertThrows(() => combinedScore({ distance: NaN, residual: 1 }, scale), RangeError, "NaN");
  assertThrows(
    () => fitCombined({ distances: [1, 2], residuals: [1, NaN] }),
    RangeError,
    "validation head 1",
  );
});

Deno.test("fitCombined: weights are scaled to a sum of 1; NaN in the first validation head is rejected, too", () => {
  const measures = { distances: [1, 2, 3, 4, 5], residuals: [10, 20, 30, 40, 50] };
  const scale = fitCombined(measures, { weights: [1, 3] });
  assertEquals(scale.weights, [0.25, 0.75]);
  assertClose(combinedScore({ distance: 4, residual: 40 }, scale), 1 / 1.4826);
  assertThrows(
    () => fitCombined({ ...measures, distances: [NaN, 2, 3, 4, 5] }),
    RangeError,
    "validation head 0",
  );
});
