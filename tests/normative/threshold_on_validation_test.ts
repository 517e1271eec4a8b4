import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { applyThreshold, thresholdOnValidation } from "../../src/normative/threshold_on_validation.ts";
import { normals } from "./normals.ts";

Deno.test("thresholdOnValidation: a threshold from validation heads has about the requested specificity on new heads", () => {
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

Deno.test("applyThreshold: a head exactly at the threshold is called healthy; healthy and diseased heads are needed", () => {
  const threshold = { kind: "threshold", value: 2, specificityAsked: 0.95, n: 20 } as const;
  const of = (scores: number[], diseased: number[]) =>
    applyThreshold(threshold, { scores, diseased, patient: scores.map((_, i) => i) });
  const { specificity, sensitivity } = of([1, 2, 2, 3, 2, 3], [0, 0, 0, 0, 1, 1]);
  assertEquals([specificity.share, sensitivity.share], [3 / 4, 1 / 2]);
  assertThrows(() => of([1, 2], [1, 1]), RangeError, "got 0 and 2");
  assertThrows(() => of([1, 2], [0, 0]), RangeError, "got 2 and 0");
  const one = of([1, 1, 3], [0, 1, 1]); // one healthy head is enough
  assertEquals([one.specificity.n, one.sensitivity.share], [1, 1 / 2]);
});
