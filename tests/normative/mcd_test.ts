import { assert, assertClose } from "@std/assert";
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { estimateCovariance } from "../../src/normative/estimate_covariance.ts";
import { mcd, reweightSupport } from "../../src/normative/mcd.ts";
import { assertSameMatrix, cases } from "./covariance_cases.ts";

function pick(rows: Float64Array, d: number, indices: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    { length: indices.length * d },
    (_, k) => rows[indices[Math.floor(k / d)] * d + k % d],
  );
}

Deno.test("MCD on scikit-learn's support equals scikit-learn's estimate", () => {
  let checked = 0;
  for (const { d, rows, mcd: want } of cases) {
    if (!want) continue;
    const found = reweightSupport(Float64Array.from(rows), d, { support: want.rawSupport });
    assertClose(Array.from(found.support), want.support);
    assertClose(found.mean, want.mean, { relative: 1e-9, absolute: 1e-10 });
    assertSameMatrix(found.covariance, want.covariance);
    checked++;
  }
  assert(checked >= 100, `${checked} cases`);
});

Deno.test("mcd: the covariance determinant of the raw support is larger than scikit-learn's in at most a tenth of the cases", () => {
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

Deno.test("20 % gross outliers change the sample covariance, but not MCD, which leaves them out of its support", () => {
  const x = new Float64Array(200), d = 2;
  for (let i = 0; i < 100; i++) {
    x[2 * i] = Math.sin(i * 1.7) * 2 + (i < 20 ? 100 : 0);
    x[2 * i + 1] = Math.cos(i * 2.3);
  }
  const robust = estimateCovariance(x, d, { estimator: "mcd" });
  assert(robust.covariance[0] < 5 && covariance(x, d).covariance[0] > 1000);
  assert(robust.support!.subarray(0, 20).every((v) => v === 0));
});
