import { assert, assertClose, assertThrows } from "@std/assert";
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { estimateCovariance } from "../../src/normative/estimate_covariance.ts";
import { ledoitWolf } from "../../src/normative/ledoit_wolf.ts";
import { mahalanobis } from "../../src/normative/mahalanobis.ts";
import { mcd, reweightSupport } from "../../src/normative/mcd.ts";
import { oas } from "../../src/normative/oas.ts";
import { readFixture } from "../stats/read_fixture.ts";

interface Shrunk {
  covariance: number[];
  shrinkage: number;
}
interface Case {
  d: number;
  rows: number[];
  mean: number[];
  sample: number[];
  ledoitWolf: Shrunk;
  oas: Shrunk;
  distances: number[];
  mcd?: {
    rawSupport: number[];
    rawLogDeterminant: number;
    support: number[];
    mean: number[];
    covariance: number[];
  };
}
const cases: Case[] = readFixture("covariance_sklearn.json", "normative");
/** Matrices agree in size of their largest entry: small covariances come out of cancelling sums. */
function assertSameMatrix(actual: ArrayLike<number>, expected: number[]): void {
  const scale = Math.max(...expected.map(Math.abs));
  assertClose(actual, expected, { relative: 1e-9, absolute: 1e-10 * scale });
}

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

Deno.test("Ledoit-Wolf and OAS agree with scikit-learn", () => {
  for (const { d, rows, ...want } of cases) {
    const x = Float64Array.from(rows), lw = ledoitWolf(x, d), shrunk = oas(x, d);
    assertClose(lw.shrinkage, want.ledoitWolf.shrinkage, { relative: 1e-9, absolute: 1e-12 });
    assertSameMatrix(lw.covariance, want.ledoitWolf.covariance);
    assertClose(shrunk.shrinkage, want.oas.shrinkage, { relative: 1e-9, absolute: 1e-12 });
    assertSameMatrix(shrunk.covariance, want.oas.covariance);
  }
});

Deno.test("MCD on scikit-learn's support is scikit-learn's estimate", () => {
  let checked = 0;
  for (const { d, rows, mcd: want } of cases) {
    if (!want) continue;
    const found = reweightSupport(Float64Array.from(rows), d, { support: want.rawSupport });
    assertClose(Array.from(found.support), want.support);
    assertClose(found.mean, want.mean, { relative: 1e-9, absolute: 1e-10 });
    assertSameMatrix(found.covariance, want.covariance);
    checked++;
  }
  assert(checked >= 80, `${checked} cases`);
});

Deno.test("our own search for the support does no worse than scikit-learn's", () => {
  let worse = 0, checked = 0;
  for (const { d, rows, mcd: want } of cases.filter((c) => c.mcd).slice(0, 40)) {
    const x = Float64Array.from(rows), found = mcd(x, d, { starts: 60 });
    const raw = covariance(pick(x, d, found.rawSupport), d, { ddof: 0 });
    const factor = cholesky(raw.covariance, d);
    let log = 0;
    for (let j = 0; j < d; j++) log += 2 * Math.log(factor[j * d + j]);
    if (log > want!.rawLogDeterminant + 1e-9) worse++;
    checked++;
  }
  assert(worse <= checked * 0.1, `${worse} of ${checked} have a larger determinant`);
});

function pick(rows: Float64Array, d: number, indices: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    { length: indices.length * d },
    (_, k) => rows[indices[Math.floor(k / d)] * d + k % d],
  );
}

Deno.test("a fifth of gross outliers moves the sample covariance, not MCD", () => {
  const x = new Float64Array(200), d = 2;
  for (let i = 0; i < 100; i++) {
    x[2 * i] = Math.sin(i * 1.7) * 2 + (i < 20 ? 100 : 0);
    x[2 * i + 1] = Math.cos(i * 2.3);
  }
  const robust = estimateCovariance(x, d, { estimator: "mcd" });
  assert(robust.covariance[0] < 5 && covariance(x, d).covariance[0] > 1000);
  assert(robust.support!.subarray(0, 20).every((v) => v === 0));
});

Deno.test("estimators name what they cannot take", () => {
  assertThrows(
    () => estimateCovariance(Float64Array.of(1), 1, { estimator: "sample" }),
    RangeError,
    "at least 2 rows",
  );
  assertThrows(() => ledoitWolf(Float64Array.of(1, 2), 2), RangeError, "at least 2 rows");
  assertThrows(() => mcd(new Float64Array(10), 2), RangeError, "at least 6 rows");
  assertThrows(() => mcd(new Float64Array(40), 2), RangeError, "singular");
  assertThrows(() => oas(Float64Array.of(1, 2, NaN, 4), 2), RangeError, "NaN in row 1, column 0");
  assertThrows(
    () => estimateCovariance(new Float64Array(4), 2, { estimator: "tyler" as "oas" }),
    RangeError,
    '"tyler"',
  );
});
