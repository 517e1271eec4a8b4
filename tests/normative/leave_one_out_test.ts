import { assert, assertClose } from "@std/assert";
import { fitNormative } from "../../src/normative/fit_normative.ts";
import { leaveOneOut } from "../../src/normative/leave_one_out.ts";
import { mahalanobis } from "../../src/normative/mahalanobis.ts";
import type { CovarianceEstimator } from "../../src/types.ts";
import { cloud, d } from "./sample_model.ts";

Deno.test("leave-one-out equals refitting without the head", () => {
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
  // The weight of the identity is kept from the whole sample, so the refit differs a little.
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
