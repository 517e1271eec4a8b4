import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { weightedKappa } from "../../../../dashboards/page/patients/weighted_kappa.ts";

Deno.test("quadratic weighted kappa agrees with scikit-learn", () => {
  // sklearn.metrics.cohen_kappa_score(a, b, weights="quadratic"), scikit-learn 1.2.1
  const a = [0, 1, 2, 3, 4, 4, 2, 1, 0, 3];
  const b = [0, 2, 2, 3, 3, 4, 1, 1, 0, 4];
  assertClose(weightedKappa(a, b)!, 0.9, { relative: 1e-12 });
});

Deno.test("kappa is 1 for full agreement and null for constant or no grades; lists of unequal length are rejected", () => {
  assertEquals(weightedKappa([0, 3, 4], [0, 3, 4]), 1);
  assertEquals(weightedKappa([2, 2], [2, 2]), null);
  assertEquals(weightedKappa([], []), null);
  assertThrows(() => weightedKappa([1], []), TypeError, "1 and 0");
});
