import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { solveLower } from "../../src/array/solve_lower.ts";
import { whitenedLengths } from "../../src/array/whitened_lengths.ts";

function sample(n: number, d: number) {
  const prng = seededPrng(d), rows = Float64Array.from({ length: n * d }, () => 2 + prng.normal());
  const { mean, covariance: spread } = covariance(rows, d);
  return { rows, mean, lower: cholesky(spread, d) };
}

Deno.test("lengths equal those of solving for each row, for any number of rows and columns", () => {
  for (const [n, d] of [[5, 1], [257, 2], [258, 3], [259, 4], [300, 7], [1001, 32], [400, 33]]) {
    const { rows, mean, lower } = n > d ? sample(n, d) : sample(50, d);
    const want = Float64Array.from({ length: n }, (_, i) => {
      const gap = rows.slice(i * d, (i + 1) * d).map((v, j) => v - mean[j]);
      return Math.hypot(...solveLower(lower, gap));
    });
    assertClose(whitenedLengths(rows, { mean, lower }), want, { relative: 1e-11, absolute: 1e-13 });
  }
});

Deno.test("SIMD and plain loops give identical results", () => {
  for (const d of [1, 3, 8, 31]) {
    const { rows, ...shape } = sample(2050, d);
    assertEquals(whitenedLengths(rows, shape), whitenedLengths(rows, { ...shape, simd: false }));
  }
});

Deno.test("no rows give no lengths; bad values are reported", () => {
  const { rows, mean, lower } = sample(300, 3);
  assertEquals(whitenedLengths(new Float64Array(0), { mean, lower }).length, 0);
  rows[3 * 299 + 1] = NaN;
  assertThrows(() => whitenedLengths(rows, { mean, lower }), RangeError, "NaN in row 299, column 1");
  assertThrows(() => whitenedLengths(rows.fill(1e300), { mean, lower }), RangeError, "too large");
  assertThrows(() => whitenedLengths(new Float64Array(4), { mean, lower }), TypeError, "not a multiple");
  assertThrows(() => whitenedLengths(rows, { mean, lower: mean }), TypeError, "3 x 3 factor");
});
