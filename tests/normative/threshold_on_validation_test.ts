import { assert, assertClose, assertThrows } from "@std/assert";
import { applyThreshold, thresholdOnValidation } from "../../src/normative/threshold_on_validation.ts";
import { normals } from "./normals.ts";

Deno.test("a threshold from validation heads keeps its specificity on new ones", () => {
  const threshold = thresholdOnValidation(normals(2000), { specificity: 0.9 });
  const scores = [...normals(1000), ...normals(300, 2)], diseased = scores.map((_, i) => i >= 1000);
  const found = applyThreshold(threshold, { scores, diseased, patient: scores.map((_, i) => i >> 1) });
  assertClose(found.specificity.share, 0.9, { absolute: 0.04 });
  assert(found.sensitivity.interval[0] < found.sensitivity.share && found.sensitivity.n === 300);
  assertThrows(() => thresholdOnValidation([]), RangeError, "no values");
  assertThrows(() => thresholdOnValidation([1, NaN]), RangeError, "head 1");
  assertThrows(() => thresholdOnValidation([1, 2], { specificity: 1 }), RangeError, "(0, 1)");
  assertThrows(
    () => applyThreshold(threshold, { scores: [1], diseased: [0], patient: ["p"] }),
    RangeError,
    "got 1 and 0",
  );
});
