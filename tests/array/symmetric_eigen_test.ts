import { assert, assertClose, assertThrows } from "@std/assert";
import { covariance } from "../../src/array/covariance.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { symmetricEigen } from "../../src/array/symmetric_eigen.ts";

function randomCovariance(d: number, seed: number): Float64Array {
  const prng = seededPrng(seed);
  return covariance(Float64Array.from({ length: 3 * d * d + 2 * d }, () => prng.normal()), d).covariance;
}

Deno.test("eigenvectors reconstruct the matrix, largest eigenvalue first, with a fixed sign", () => {
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
