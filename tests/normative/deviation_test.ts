import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { explainDeviation } from "../../src/normative/explain_deviation.ts";
import { fitNormative, withReference } from "../../src/normative/fit_normative.ts";
import { leaveOneOut } from "../../src/normative/leave_one_out.ts";
import { mahalanobis } from "../../src/normative/mahalanobis.ts";
import { nearestHealthy } from "../../src/normative/nearest_healthy.ts";
import { fromJson, toJson } from "../../src/normative/normative_json.ts";
import { percentileOf } from "../../src/normative/percentile_of.ts";
import { scoreDeviation } from "../../src/normative/score_deviation.ts";
import { binomialInterval } from "../../src/stats/binomial_interval.ts";
import type { CovarianceEstimator } from "../../src/types.ts";

function cloud(n: number, d: number, seed = 1): Float64Array {
  const prng = seededPrng(seed);
  return Float64Array.from({ length: n * d }, (_, k) => prng.normal() * (1 + k % d) + (k % d) + 3);
}
const d = 4, train = cloud(60, d), heldOut = cloud(40, d, 2);
const model = fitNormative(train, { d, reference: { kind: "synthetic", name: "test", latents: heldOut } });

Deno.test("identity covariance gives Euclid, in any number of rows", () => {
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), mean = Float64Array.of(1, 2, 3);
  fc.assert(
    fc.property(
      fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 0, maxLength: 40 }),
      (values) => {
        const rows = Float64Array.from(values.slice(0, values.length - values.length % 3));
        const found = mahalanobis(rows, { mean, cholesky: identity });
        found.forEach((v, i) =>
          assertClose(v, Math.hypot(rows[3 * i] - 1, rows[3 * i + 1] - 2, rows[3 * i + 2] - 3), {
            relative: 1e-12,
            absolute: 1e-12,
          })
        );
      },
    ),
    { seed: 1 },
  );
});

Deno.test("distances do not change when the latent space is turned, stretched and moved", () => {
  const turn = Float64Array.of(2, 1, 0, 0, -1, 1, 0, 3, 0, 0, 1, 0, 1, 0, 2, 5);
  const map = (rows: Float64Array) =>
    Float64Array.from(rows, (_, k) => {
      const row = Math.floor(k / d) * d, j = k % d;
      return 7 + [0, 1, 2, 3].reduce((s, m) => s + turn[j * d + m] * rows[row + m], 0);
    });
  const plain = fitNormative(train, {
    d,
    estimator: "sample",
    reference: { ...model.reference, latents: heldOut },
  });
  const mapped = fitNormative(map(train), {
    d,
    estimator: "sample",
    reference: { ...model.reference, latents: map(heldOut) },
  });
  assertClose(mapped.referenceDistances, plain.referenceDistances, { relative: 1e-9 });
});

Deno.test("a fitted model holds the reference distances in order, and scores against them", () => {
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

Deno.test("a percentile is the share below, ties half, with Clopper and Pearson's interval", () => {
  const reference = Float64Array.of(1, 2, 2, 3);
  const found = percentileOf(2, reference);
  assertEquals([found.percentile, found.tailProbability], [50, 4 / 5]);
  assertClose(found.percentileInterval, [100 * binomialInterval(1, 4)[0], 100 * binomialInterval(3, 4)[1]]);
  assertEquals(percentileOf(0, reference).percentileInterval[0], 0);
  assertEquals(percentileOf(9, reference).percentileInterval[1], 100);
  assertThrows(() => percentileOf(NaN, reference), RangeError, "NaN");
  assertThrows(() => percentileOf(1, new Float64Array(0)), RangeError, "empty");
});

Deno.test("leave-one-out is what refitting without the head gives", () => {
  const n = 25, rows = cloud(n, d, 5);
  const without = (i: number) =>
    Float64Array.from([...rows.subarray(0, i * d), ...rows.subarray((i + 1) * d)]);
  const refit = (estimator: CovarianceEstimator) =>
    Float64Array.from({ length: n }, (_, i) => {
      const head = rows.slice(i * d, (i + 1) * d);
      const left = fitNormative(without(i), {
        d,
        estimator,
        reference: { kind: "cohort", name: "", latents: head },
      });
      return left.referenceDistances[0];
    });
  assertClose(leaveOneOut(rows, { d, estimator: "sample" }), refit("sample"), { relative: 1e-9 });
  // The weight of the identity is kept from the whole sample, so the refit differs a little.
  for (const estimator of ["ledoit-wolf", "oas"] as const) {
    const found = leaveOneOut(rows, { d, estimator }),
      whole = mahalanobis(
        rows,
        fitNormative(rows, {
          d,
          estimator,
          reference: { kind: "cohort", name: "", latents: rows },
        }),
      );
    assertClose(found, refit(estimator), { relative: 0.05 });
    assert(found.every((v, i) => v > whole[i]));
  }
  const robust = leaveOneOut(rows, { d, estimator: "mcd" });
  assert(robust.every(Number.isFinite));
});

Deno.test("training heads look too near, leave-one-out heads do not", () => {
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

Deno.test("a model comes back from JSON text bit for bit, and nonsense does not", () => {
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

Deno.test("another reference group changes percentiles and nothing else", () => {
  const local = withReference(model, { kind: "cohort", name: "local", latents: cloud(9, d, 7) });
  assertEquals([local.reference.n, local.mean], [9, model.mean]);
  assertThrows(
    () => withReference(model, { kind: "cohort", name: "", latents: new Float64Array(0) }),
    RangeError,
    "got 0",
  );
});

Deno.test("the shares of an explanation sum to 1 and its parts rebuild the head", () => {
  const head = Float64Array.of(9, -3, 5, 20), parts = explainDeviation(head, model);
  assertClose(parts.reduce((s, v) => s + v.share, 0), 1, { relative: 1e-12 });
  assertClose(Math.sqrt(parts.reduce((s, v) => s + v.z ** 2, 0)), scoreDeviation(head, model).distance, {
    relative: 1e-9,
  });
  assert(parts.every((v, i) => i === 0 || v.share <= parts[i - 1].share));
  const rebuilt = model.mean.map((m, j) => m + parts.reduce((s, v) => s + v.alone[j] - m, 0));
  assertClose(rebuilt, head, { relative: 1e-9 });
  const [first] = explainDeviation(parts[0].without, model).filter((v) => v.index === parts[0].index);
  assertClose(first.z, 0, { absolute: 1e-9 });
  assertEquals(explainDeviation(head, model, { limit: 2 }).length, 2);
});

Deno.test("the nearest healthy point lies on the shell, straight towards the mean, and no random point of it is nearer", () => {
  const head = Float64Array.of(30, -9, 12, 25), found = nearestHealthy(head, model);
  assert(found.moved);
  assertClose(mahalanobis(found.latent, model)[0], found.shell, { relative: 1e-9 });
  const prng = seededPrng(4),
    gap = (a: Float64Array) => mahalanobis(a.map((v, j) => v - head[j] + model.mean[j]), model)[0];
  for (let k = 0; k < 300; k++) {
    const other = head.map((v) => v + prng.normal() * 8), [distance] = mahalanobis(other, model);
    const onShell = other.map((v, j) => model.mean[j] + found.shell / distance * (v - model.mean[j]));
    assert(gap(onShell) >= gap(found.latent) - 1e-9);
  }
  const near = nearestHealthy(model.mean, model);
  assertEquals([near.moved, near.distance], [false, 0]);
  assertThrows(() => nearestHealthy(head, model, { level: 1 }), RangeError, "(0, 1)");
});

Deno.test("heads that do not fit the model are named", () => {
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
