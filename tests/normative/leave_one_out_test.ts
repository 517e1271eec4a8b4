import { assert, assertClose } from "@std/assert";
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { estimateCovariance } from "../../src/normative/estimate_covariance.ts";
import { fitNormative } from "../../src/normative/fit_normative.ts";
import { leaveOneOut } from "../../src/normative/leave_one_out.ts";
import { mahalanobis } from "../../src/normative/mahalanobis.ts";
import type { CovarianceEstimator } from "../../src/types.ts";
import { cloud, d } from "./sample_model.ts";

Deno.test("leave-one-out distances equal those of a refit without the head: exactly for `sample`, within 5 % for `ledoit-wolf` and `oas`; for `mcd` they are finite", () => {
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
  // The shrinkage weight is that of the whole sample, so a refit differs a little.
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

Deno.test("leaveOneOut with `ledoit-wolf` equals distances with the other heads' covariance, shrunk by the weight of the whole sample", () => {
  const n = 25,
    rows = cloud(n, d, 5),
    { shrinkage } = estimateCovariance(rows, d, { estimator: "ledoit-wolf" });
  assert(shrinkage > 0 && shrinkage < 1);
  const written = Float64Array.from({ length: n }, (_, i) => {
    const others = Float64Array.from([...rows.subarray(0, i * d), ...rows.subarray((i + 1) * d)]);
    const { mean, covariance: s } = covariance(others, d, { ddof: 0 });
    const trace = Array.from({ length: d }, (_, j) => s[j * d + j]).reduce((sum, v) => sum + v, 0);
    const shrunk = s.map((v, k) => (1 - shrinkage) * v + (k % (d + 1) === 0 ? shrinkage * trace / d : 0));
    return mahalanobis(rows.slice(i * d, (i + 1) * d), { mean, cholesky: cholesky(shrunk, d) })[0];
  });
  assertClose(leaveOneOut(rows, { d, estimator: "ledoit-wolf" }), written, { relative: 1e-9 });
});
