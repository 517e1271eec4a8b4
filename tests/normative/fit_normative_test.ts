import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { fitNormative, withReference } from "../../src/normative/fit_normative.ts";
import { leaveOneOut } from "../../src/normative/leave_one_out.ts";
import { mahalanobis } from "../../src/normative/mahalanobis.ts";
import { scoreDeviation } from "../../src/normative/score_deviation.ts";
import { cloud, d, heldOut, model } from "./sample_model.ts";

Deno.test("a fitted model has ascending reference distances; a far head has percentile 100, the mean percentile 0", () => {
  assertEquals(model.reference, { kind: "synthetic", name: "test", n: 40 });
  assert(model.referenceDistances.every((v, i, all) => i === 0 || v >= all[i - 1]));
  const far = scoreDeviation(model.mean.map((v) => v + 50), model);
  assertEquals([far.percentile, far.tailProbability.empirical], [100, 1 / 41]);
  assert(far.tailProbability.chiSquare < 1e-10);
  const centre = scoreDeviation(
    { kind: "latent-vector", mean: model.mean, logVariance: new Float64Array(d) },
    model,
  );
  assertEquals([centre.distance, centre.percentile, centre.tailProbability.chiSquare], [0, 0, 1]);
  assertEquals(centre.tailProbability.empirical, 1);
});

Deno.test("withReference: other reference heads change a head's percentile, but not its distance or the rest of the model", () => {
  const local = withReference(model, { kind: "cohort", name: "local", latents: cloud(9, d, 7) });
  assertEquals(local.reference.n, 9);
  const { reference, referenceDistances } = model;
  assertEquals({ ...local, reference, referenceDistances }, model);
  const head = heldOut.subarray(0, d),
    found = scoreDeviation(head, local),
    before = scoreDeviation(head, model);
  assertEquals([found.distance, found.percentile === before.percentile], [before.distance, false]);
  assertThrows(
    () => withReference(model, { kind: "cohort", name: "", latents: new Float64Array(0) }),
    RangeError,
    "got 0",
  );
});

Deno.test("distances of training heads are smaller than those of new heads, their leave-one-out distances are not", () => {
  const prng = seededPrng(3), n = 120, dim = 16;
  const rows = Float64Array.from({ length: n * dim }, () => prng.normal());
  const fresh = Float64Array.from({ length: 400 * dim }, () => prng.normal());
  const fitted = fitNormative(rows, {
    d: dim,
    estimator: "sample",
    reference: { kind: "cohort", name: "", latents: fresh },
  });
  const median = (v: Float64Array) => v.slice().sort()[v.length >> 1];
  const held = median(fitted.referenceDistances);
  assert(median(mahalanobis(rows, fitted)) < 0.95 * held);
  assertClose(median(leaveOneOut(rows, { d: dim, estimator: "sample" })), held, { relative: 0.03 });
});
