import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { findCodeBasis } from "../../src/vae/code_basis.ts";

const d = 5, n = 2000, prng = seededPrng(6);
/**
 * Latent vectors of simulated heads. Healthy heads vary most along the first axes. Local changes move the vectors
 * along axes 3 and 1; another film of the same head moves them along axis 0 and a little along axis 3.
 */
const spread = [4, 2, 1, 0.5, 0.25];
const unchanged = Float64Array.from({ length: n * d }, (_v, i) => 7 + spread[i % d] * prng.normal());
const moved = (by: readonly number[]) => unchanged.map((value, i) => value + by[i % d] * prng.normal());
const changed = moved([0, 2, 0, 3, 0]), varied = moved([3, 0, 0, 0.1, 0]);
const basis = findCodeBasis({ unchanged, changed, varied }, { d, measured: 2, variedWeight: 1 });

/** Coordinate `i` of a latent vector: row i of the matrix times (vector minus centre). */
function coordinates(code: ArrayLike<number>): number[] {
  return Array.from({ length: d }, (_v, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += basis.turn[i * d + j] * (code[j] - basis.centre[j]);
    return sum;
  });
}

Deno.test("findCodeBasis: the first coordinates are those that local changes affect most, in standard deviations of healthy variation", () => {
  assertClose(Array.from(basis.gains.subarray(0, 2)), [9 / 0.26, 1], { relative: 0.12 });
  assert(basis.gains.subarray(2).every((gain) => Math.abs(gain) < 0.01));
  const [first] = coordinates([7, 7, 7, 7 + 0.51, 7]).map(Math.abs);
  assertClose(first, 1, { relative: 0.1 });
});

Deno.test("findCodeBasis: healthy heads have a variance between 0.5 and 1.15 along every coordinate, and the inverse restores the latent vector", () => {
  const squares = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const row = unchanged.subarray(i * d, (i + 1) * d);
    const placed = coordinates(row);
    placed.forEach((value, k) => squares[k] += value ** 2 / n);
    const back = Array.from(
      row,
      (_v, j) => basis.centre[j] + placed.reduce((sum, value, k) => sum + basis.back[j * d + k] * value, 0),
    );
    if (i < 20) assertClose(back, Array.from(row), { relative: 1e-9 });
  }
  assert(squares.every((value) => value > 0.5 && value < 1.15), `variances ${squares}`);
});

Deno.test("findCodeBasis: three heads are enough; invalid sizes are rejected", () => {
  const few = (rows: Float64Array) => rows.slice(0, 3 * d);
  const small = findCodeBasis({ unchanged: few(unchanged), changed: few(changed), varied: few(varied) }, {
    d,
    measured: 2,
  });
  assert(small.turn.every(Number.isFinite) && small.back.every(Number.isFinite));
  assertEquals(small.measured, 2);
  assertThrows(
    () => findCodeBasis({ unchanged, changed, varied }, { d, measured: 6 }),
    RangeError,
    "from 1 to 5, got 6",
  );
  assertThrows(
    () => findCodeBasis({ unchanged, changed: changed.slice(d), varied }, { d, measured: 2 }),
    TypeError,
    "a multiple of 10000",
  );
});

Deno.test("findCodeBasis: with a prior, the mean squared distance of new healthy heads from the centre is less than 1.6 times that of the 30 heads of the basis; without a prior the ratio is over twice as large", () => {
  const wide = 40, some = 30, chance = seededPrng(8);
  const cloud = (n: number) => Float64Array.from({ length: n * wide }, () => chance.normal());
  const seen = cloud(some), fresh = cloud(400), moved = seen.map((value) => value + chance.normal());
  const covariance = Float64Array.from({ length: wide * wide }, (_v, i) => i % (wide + 1) === 0 ? 3 : 0); // the scale of the prior does not matter
  const farther = (prior?: { covariance: Float64Array; heads: number }) => {
    const codes = {
      unchanged: seen,
      changed: moved,
      varied: seen.map((value) => value + 0.1 * chance.normal()),
    };
    const { turn, centre } = findCodeBasis(codes, { d: wide, measured: 5, prior });
    const spread = (rows: Float64Array) => {
      let squares = 0;
      for (let at = 0; at < rows.length; at += wide) {
        for (let i = 0; i < 5; i++) {
          let sum = 0;
          for (let j = 0; j < wide; j++) sum += turn[i * wide + j] * (rows[at + j] - centre[j]);
          squares += sum * sum;
        }
      }
      return squares / rows.length;
    };
    return spread(fresh) / spread(seen);
  };
  assert(farther({ covariance, heads: 1000 }) < 1.6);
  assert(farther() > 2 * farther({ covariance, heads: 1000 }));
});
