import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { midranks } from "../../src/array/midranks.ts";
import { quantile } from "../../src/array/quantile.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { solveLower } from "../../src/array/solve_lower.ts";
import { symmetricEigen } from "../../src/array/symmetric_eigen.ts";

function randomCovariance(d: number, seed: number): Float64Array {
  const prng = seededPrng(seed);
  return covariance(Float64Array.from({ length: 3 * d * d + 2 * d }, () => prng.normal()), d).covariance;
}

Deno.test("L L' is the matrix, and two solves undo it", () => {
  for (const d of [1, 2, 5, 32]) {
    const a = randomCovariance(d, d), l = cholesky(a, d), prng = seededPrng(9);
    const product = a.map((_, at) => {
      const i = Math.floor(at / d), j = at % d;
      let s = 0;
      for (let k = 0; k < d; k++) s += l[i * d + k] * l[j * d + k];
      return s;
    });
    assertClose(product, a, { relative: 1e-12, absolute: 1e-13 });
    const x = Float64Array.from({ length: d }, () => prng.normal());
    const b = x.map((_, i) => x.reduce((s, v, j) => s + a[i * d + j] * v, 0));
    assertClose(solveLower(l, solveLower(l, b), { transpose: true }), x, { relative: 1e-8, absolute: 1e-10 });
  }
});

Deno.test("Cholesky refuses what is not positive definite", () => {
  assertThrows(() => cholesky(Float64Array.of(1, 2, 2, 1), 2), RangeError, "pivot 1");
  assertThrows(() => cholesky(Float64Array.of(1, 1, 1, 1), 2), RangeError, "positive definite");
  assertThrows(() => cholesky(Float64Array.of(NaN), 1), RangeError, "NaN");
  assertThrows(() => cholesky(new Float64Array(3), 2), TypeError, "4 values, got 3");
  assertThrows(() => solveLower(new Float64Array(3), new Float64Array(2)), TypeError, "got 3");
});

Deno.test("eigenvectors rebuild the matrix, largest value first, with a fixed sign", () => {
  const d = 8, a = randomCovariance(d, 4), { values, vectors } = symmetricEigen(a, d);
  assert(values.every((v, i) => i === 0 || v <= values[i - 1]));
  const rebuilt = a.map((_, at) => {
    let s = 0;
    for (let k = 0; k < d; k++) {
      s += values[k] * vectors[k * d + Math.floor(at / d)] * vectors[k * d + at % d];
    }
    return s;
  });
  assertClose(rebuilt, a, { relative: 1e-10, absolute: 1e-12 });
  for (let k = 0; k < d; k++) {
    const row = vectors.subarray(k * d, (k + 1) * d);
    assert(Math.max(...row) >= Math.max(...row.map(Math.abs)) - 1e-9);
  }
  assertThrows(() => symmetricEigen(new Float64Array(3), 2), TypeError, "got 3");
});

Deno.test("covariance far from zero keeps its digits, and names a bad value", () => {
  const near = Float64Array.of(1, 5, 2, 3, 4, 4), far = near.map((v) => v + 1e9);
  assertClose(covariance(far, 2).covariance, covariance(near, 2).covariance, { relative: 1e-12 });
  assertClose(
    covariance(near, 2, { ddof: 0 }).covariance,
    covariance(near, 2).covariance.map((v) => v * 2 / 3),
  );
  assertThrows(() => covariance(Float64Array.of(1, 2, 3, NaN), 2), RangeError, "NaN in row 1, column 1");
  assertThrows(() => covariance(Float64Array.of(1, 2, 3), 2), TypeError, "no multiple");
  assertThrows(() => covariance(Float64Array.of(1, 2), 2), RangeError, "got 1");
  assertThrows(() => covariance(Float64Array.of(1, 2), 0), TypeError, "got 0");
});

Deno.test("quantiles are NumPy's and R's type 7", () => {
  // numpy.quantile([7, 1, 3, 10], [0, .1, .25, .5, .9, 1]); R: quantile(c(7, 1, 3, 10), ...)
  const found = [0, 0.1, 0.25, 0.5, 0.9, 1].map((p) => quantile([7, 1, 3, 10], p));
  assertClose(found, [1, 1.6, 2.5, 5, 9.1, 10], { relative: 1e-12 });
  assertEquals(quantile([4], 0.3), 4);
  assertThrows(() => quantile([], 0.5), RangeError, "no values");
  assertThrows(() => quantile([1, NaN], 0.5), RangeError, "NaN");
  assertThrows(() => quantile([1], 1.5), RangeError, "1.5");
});

Deno.test("midranks sum to n (n + 1) / 2 and share ties", () => {
  assertEquals(Array.from(midranks([10, 20, 20, 5]).ranks), [2, 3.5, 3.5, 1]);
  assertEquals(Array.from(midranks([3, 3, 1]).runs), [1, 2]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (values) => {
      const { ranks, runs, tieSum } = midranks(values), n = values.length;
      assertEquals(ranks.reduce((s, v) => s + v, 0), n * (n + 1) / 2);
      assertEquals(tieSum, runs.reduce((s, t) => s + t ** 3 - t, 0));
      values.forEach((a, i) =>
        values.forEach((b, j) => assert(Math.sign(a - b) === Math.sign(ranks[i] - ranks[j])))
      );
    }),
    { seed: 2 },
  );
  assertThrows(() => midranks([1, NaN]), RangeError, "value 1 is NaN");
});
