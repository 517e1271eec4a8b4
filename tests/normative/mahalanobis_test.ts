import { assert, assertClose } from "@std/assert";
import fc from "fast-check";
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { fitNormative } from "../../src/normative/fit_normative.ts";
import { mahalanobis } from "../../src/normative/mahalanobis.ts";
import { assertSameMatrix, cases } from "./covariance_cases.ts";
import { d, heldOut, model, train } from "./sample_model.ts";

Deno.test(`sample covariance and distance agree with NumPy and SciPy on ${cases.length} cases`, () => {
  assert(cases.length >= 100);
  for (const { d, rows, mean, sample, distances } of cases) {
    const x = Float64Array.from(rows), found = covariance(x, d);
    assertClose(found.mean, mean, { relative: 1e-10, absolute: 1e-10 });
    assertSameMatrix(found.covariance, sample);
    const own = mahalanobis(x, { mean: found.mean, cholesky: cholesky(found.covariance, d) });
    assertClose(own, distances, { relative: 1e-9 });
  }
});

Deno.test("mahalanobis: an identity covariance gives Euclidean distances, for any number of rows", () => {
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

Deno.test("Mahalanobis distances do not change if the latent space is mapped linearly (invertibly) and translated", () => {
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
