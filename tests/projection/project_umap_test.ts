import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { projectUmap } from "../../src/projection/project_umap.ts";
import { whiten } from "../../src/projection/whiten.ts";

/** Three clouds of `each` points in `d` dimensions, far apart along a line. */
function clouds(each: number, d: number): Float64Array {
  const prng = seededPrng(11);
  return Float64Array.from(
    { length: 3 * each * d },
    (_, i) => prng.normal() + (i % d === 0 ? 20 * Math.floor(i / (each * d)) : 0),
  );
}

Deno.test("projectUmap: the same seed gives the same map, a different seed a different one", () => {
  const rows = clouds(20, 4);
  const options = { d: 4, neighbors: 8, epochs: 60 };
  const first = projectUmap(rows, { ...options, seed: 3 });
  assertEquals(projectUmap(rows, { ...options, seed: 3 }).points, first.points);
  assert(projectUmap(rows, { ...options, seed: 4 }).points.some((value, i) => value !== first.points[i]));
});

Deno.test("projectUmap: neighbours are preserved, clusters stay in order, and every epoch is reported", () => {
  const each = 30, d = 5, epochs = 100;
  const seen: number[] = [];
  const { points, trustworthiness, perPoint } = projectUmap(clouds(each, d), {
    d,
    epochs,
    neighbors: 10,
    onProgress: (epoch) => seen.push(epoch),
  });
  assertEquals(seen, Array.from({ length: epochs }, (_, i) => i + 1));
  assert(trustworthiness > 0.9, `trustworthiness ${trustworthiness}`);
  assertEquals(perPoint.length, 3 * each);
  const centre = (cloud: number, axis: number) =>
    Array.from({ length: each }, (_, i) => points[2 * (cloud * each + i) + axis]).reduce((a, b) => a + b) /
    each;
  const gap = (a: number, b: number) => Math.hypot(centre(a, 0) - centre(b, 0), centre(a, 1) - centre(b, 1));
  assert(gap(0, 2) > gap(0, 1) && gap(0, 2) > gap(1, 2), "the middle cloud must be between the others");
});

Deno.test("projectUmap: with fewer landmarks than rows, every row has finite coordinates", () => {
  const { points } = projectUmap(clouds(40, 3), { d: 3, neighbors: 6, epochs: 40, landmarks: 60 });
  assertEquals(points.length, 240);
  assert(points.every(Number.isFinite));
});

Deno.test("projectUmap: equal rows, or a single column, give finite coordinates", () => {
  assert(projectUmap(new Float64Array(40).fill(2), { d: 2, epochs: 10 }).points.every(Number.isFinite));
  const line = Float64Array.from({ length: 30 }, (_, i) => i);
  assert(projectUmap(line, { d: 1, epochs: 10, neighbors: 5 }).points.every(Number.isFinite));
});

Deno.test("projectUmap: NaN is reported with row and column, and too few rows are rejected", () => {
  const rows = clouds(10, 3);
  rows[3 * 4 + 1] = NaN;
  assertThrows(() => projectUmap(rows, { d: 3 }), RangeError, "row 4, column 1");
  assertThrows(() => projectUmap(new Float64Array(8), { d: 2 }), RangeError, "at least 5 rows");
});

Deno.test("whiten: the result has mean 0 and unit covariance", () => {
  const d = 3, prng = seededPrng(2);
  const mix = [2, 0, 0, 1, 0.5, 0, -1, 0.3, 3];
  const rows = new Float64Array(200 * d);
  for (let i = 0; i < 200; i++) {
    const z = [prng.normal(), prng.normal(), prng.normal()];
    for (let j = 0; j < d; j++) rows[i * d + j] = j + z.reduce((sum, v, k) => sum + mix[j * d + k] * v, 0);
  }
  const { mean, covariance: spread } = covariance(rows, d);
  const white = whiten(rows, { mean, cholesky: cholesky(spread, d) });
  const after = covariance(white, d);
  assertClose(after.mean, new Float64Array(d), { absolute: 1e-12 });
  assertClose(after.covariance, [1, 0, 0, 0, 1, 0, 0, 0, 1], { absolute: 1e-10 });
});
