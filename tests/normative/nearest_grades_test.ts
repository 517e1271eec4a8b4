import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { fitOrdinal } from "../../src/normative/fit_ordinal.ts";
import { gradeShares, nearestGrades } from "../../src/normative/nearest_grades.ts";
import type { OrdinalModel } from "../../src/normative/fit_ordinal.ts";
import { sampleHeads } from "./sample_heads.ts";

Deno.test("nearestGrades: with a model restored from JSON, probabilities are sorted and sum to 1", () => {
  const { rows, p, grades } = sampleHeads(60), model = fitOrdinal(rows, { p, grades });
  const restored = JSON.parse(JSON.stringify(model));
  const low = nearestGrades([0, 0, 5], restored), high = nearestGrades([6, 0, 5], restored);
  assertEquals([low[0].grade, high[0].grade], [0, 3]);
  assertClose(low.reduce((s, v) => s + v.share, 0), 1, { relative: 1e-12 });
  assert(low.every((v, i) => i === 0 || v.share <= low[i - 1].share));
  assertClose(gradeShares([1e6, 0, 0], model)[3], 1);
  assertThrows(() => nearestGrades([1], model), TypeError, "3 features, got 1");
  assertThrows(() => nearestGrades([1, NaN, 0], model), RangeError, "not finite");
});

Deno.test("gradeShares: probabilities are differences of the logistic function of threshold minus the sum of slopes times features", () => {
  const model = {
    slopes: [1, -2],
    mean: [0, 1],
    spread: [1, 2],
    thresholds: [0, 1],
    grades: [0, 2, 4],
  } as unknown as OrdinalModel;
  const logistic = (v: number) => 1 / (1 + Math.exp(-v)), sum = 0.5 * 1 + 2 * -2 / 2; // features minus the mean: 0.5, 2
  assertClose(
    gradeShares([0.5, 3], model),
    [logistic(-sum), logistic(1 - sum) - logistic(-sum), 1 - logistic(1 - sum)],
    { relative: 1e-12 },
  );
});
