import { assertEquals, assertThrows } from "@std/assert";
import { fromJson, toJson } from "../../src/normative/normative_json.ts";
import { model } from "./sample_model.ts";

Deno.test("a normative model is restored from JSON exactly, and invalid JSON is rejected", () => {
  const json = JSON.parse(JSON.stringify(toJson(model))), back = fromJson(json);
  assertEquals(back, model);
  const broken = (change: Record<string, unknown>) => () => fromJson({ ...json, ...change });
  assertThrows(() => fromJson(null), TypeError, "normative-model");
  assertThrows(broken({ kind: "model" }), TypeError, "normative-model");
  assertThrows(broken({ estimator: "x" }), TypeError, "estimator");
  assertThrows(broken({ mean: [1, 2] }), TypeError, "mean");
  assertThrows(broken({ mean: [1, 2, 3, null] }), RangeError, "null at 3");
  assertThrows(
    broken({ covariance: json.covariance.map((r: number[]) => r.map(() => 0)) }),
    RangeError,
    "positive definite",
  );
  assertThrows(broken({ covariance: [[1, 5, 0, 0], ...json.covariance.slice(1)] }), RangeError, "symmetric");
  assertThrows(broken({ referenceDistances: [...json.referenceDistances].reverse() }), RangeError, "ascend");
  assertThrows(broken({ reference: { kind: "cohort", n: 3, name: "x" } }), TypeError, "list of 3");
  assertThrows(broken({ d: 1e9 }), TypeError, "whole numbers");
});
