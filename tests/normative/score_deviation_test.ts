import { assertEquals, assertThrows } from "@std/assert";
import { explainDeviation } from "../../src/normative/explain_deviation.ts";
import { fitNormative } from "../../src/normative/fit_normative.ts";
import { leaveOneOut } from "../../src/normative/leave_one_out.ts";
import { nearestHealthy } from "../../src/normative/nearest_healthy.ts";
import { placeDistance, placeDistances, scoreDeviation } from "../../src/normative/score_deviation.ts";
import { cloud, d, model } from "./sample_model.ts";

Deno.test("latent vectors of a wrong length or with NaN, and singular covariances, are rejected with a reason", () => {
  const short = new Float64Array(3);
  assertThrows(() => scoreDeviation(short, model), TypeError, "4 latent dimensions, got 3");
  assertThrows(() => explainDeviation(short, model), TypeError, "got 3");
  assertThrows(() => nearestHealthy(short, model), TypeError, "got 3");
  assertThrows(() => scoreDeviation(Float64Array.of(1, 2, NaN, 4), model), RangeError, "NaN");
  const thin = cloud(4, d);
  assertThrows(
    () =>
      fitNormative(thin, { d, estimator: "sample", reference: { kind: "cohort", name: "", latents: thin } }),
    RangeError,
    "positive definite",
  );
  assertThrows(() => leaveOneOut(cloud(5, d), { d, estimator: "sample" }), RangeError, "singular");
});

Deno.test("placeDistances: results equal those for single heads, including ties and the ends of the reference", () => {
  const { referenceDistances: reference } = model;
  const distances = Float64Array.of(0, ...reference, ...reference, 1.5, 1.5, reference.at(-1)! + 1, 0.7);
  assertEquals(placeDistances(distances, model), Array.from(distances, (each) => placeDistance(each, model)));
  assertThrows(() => placeDistances(Float64Array.of(0, NaN), model), RangeError, "NaN");
});
