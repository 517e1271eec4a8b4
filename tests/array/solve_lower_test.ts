import { assertClose, assertThrows } from "@std/assert";
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { solveLower } from "../../src/array/solve_lower.ts";

function randomCovariance(d: number, seed: number): Float64Array {
  const prng = seededPrng(seed);
  return covariance(Float64Array.from({ length: 3 * d * d + 2 * d }, () => prng.normal()), d).covariance;
}

Deno.test("L L' equals the matrix, and two solves invert it", () => {
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

Deno.test("a factor of the wrong size is rejected", () => {
  assertThrows(() => solveLower(new Float64Array(3), new Float64Array(2)), TypeError, "got 3");
});
