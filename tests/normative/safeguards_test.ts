import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { combinedScore, fitCombined } from "../../src/normative/combined_score.ts";
import { fitDomain, outOfDomain } from "../../src/normative/out_of_domain.ts";
import { repeatability } from "../../src/normative/repeatability.ts";
import { residualScore } from "../../src/normative/residual_score.ts";
import { retrainStability } from "../../src/normative/retrain_stability.ts";
import { shortcutAudit } from "../../src/normative/shortcut_audit.ts";
import { applyThreshold, thresholdOnValidation } from "../../src/normative/threshold_on_validation.ts";

const prng = seededPrng(12);
const normals = (n: number, mean = 0, sd = 1) => Array.from({ length: n }, () => mean + sd * prng.normal());

Deno.test("a combined score is 0 at the validation medians and counts each measure by its own spread", () => {
  const scale = fitCombined({ distances: [1, 2, 3, 4, 5], residuals: [10, 20, 30, 40, 50] });
  assertEquals(combinedScore({ distance: 3, residual: 30 }, scale), 0);
  assertClose(
    combinedScore({ distance: 4, residual: 30 }, scale),
    combinedScore({ distance: 3, residual: 40 }, scale),
  );
  const only = fitCombined({ distances: [1, 2, 3], residuals: [5, 6, 9] }, { weights: [2, 0] });
  assertEquals(combinedScore({ distance: 2, residual: 1e9 }, only), 0);
  assertThrows(
    () => fitCombined({ distances: [1, 1], residuals: [1, 2] }),
    RangeError,
    "distance: it does not vary",
  );
  assertThrows(() => fitCombined({ distances: [1], residuals: [1] }), RangeError, "at least 2");
  assertThrows(() => combinedScore({ distance: NaN, residual: 1 }, scale), RangeError, "NaN");
  assertThrows(
    () => fitCombined({ distances: [1, 2], residuals: [1, NaN] }),
    RangeError,
    "validation head 1",
  );
});

Deno.test("a residual score is the root mean square over the head", () => {
  assertClose(residualScore([3, 4, 100], { mask: [1, 1, 0] }), Math.sqrt(12.5));
  assertThrows(() => residualScore([1, 2], { mask: [0, 0] }), RangeError, "no pixel");
  assertThrows(() => residualScore([1, 2], { mask: [1] }), TypeError, "mask of 1");
  assertThrows(() => residualScore([1, NaN]), RangeError, "not finite");
});

Deno.test("the audit finds the shortcut that is there and not those that are not", () => {
  const n = 240, side = Array.from({ length: n }, (_, i) => (i % 2 ? "left" : "right"));
  const age = normals(n, 60, 10), size = normals(n, 48, 3);
  const distances = size.map((v) => 5 + 0.3 * (v - 48) + 0.8 * prng.normal());
  const found = shortcutAudit(distances, {
    attributes: {
      side,
      age,
      headSizePx: size,
      site: side.map(() => "A"),
      sex: side.map((_, i) => (i < 4 ? "f" : "")),
    },
    patient: side.map((_, i) => i >> 1),
    bootstraps: 400,
  });
  assertEquals(found.map((f) => [f.attribute, f.kind, f.tells]), [
    ["side", "auc", false],
    ["age", "spearman", false],
    ["headSizePx", "spearman", true],
  ]);
  assert(found[2].estimate > 0.5 && found[2].interval![0] > 0.4);
  assertThrows(() => shortcutAudit([1, NaN], { attributes: {}, patient: [1, 2] }), RangeError, "head 1");
  assertThrows(
    () => shortcutAudit([1, 2], { attributes: { side: ["a"] }, patient: [1, 2] }),
    TypeError,
    '"side"',
  );
});

Deno.test("repeats with noise of standard deviation 1 can detect a change of 2.8", () => {
  const heads = 400, rows = new Float64Array(heads * 3);
  for (let i = 0; i < heads; i++) {
    const own = 5 * prng.normal();
    for (let j = 0; j < 3; j++) rows[i * 3 + j] = own + prng.normal();
  }
  const found = repeatability(rows, 3);
  assertClose(found.smallestDetectableChange, 1.96 * Math.SQRT2, { relative: 0.1 });
  assertClose(found.agreement, 25 / 26, { absolute: 0.02 });
  assertThrows(() => repeatability(Float64Array.of(1, 2), 2), RangeError, "at least 2 subjects");
});

Deno.test("stability of the same distances is 1; of unrelated ones near 0", () => {
  const one = normals(200), other = normals(200);
  const same = retrainStability([one, one.map((v) => 2 * v + 1)]);
  assertClose([same.spearman.mean, same.spearman.least], [1, 1]);
  assert(Math.abs(retrainStability([one, other]).consistency) < 0.2);
  assertThrows(() => retrainStability([one]), RangeError, "at least 2 seeds");
  assertThrows(() => retrainStability([one, one.slice(1)]), TypeError, "seed 1");
});

Deno.test("a threshold from validation heads keeps its specificity on new ones", () => {
  const threshold = thresholdOnValidation(normals(2000), { specificity: 0.9 });
  const scores = [...normals(1000), ...normals(300, 2)], diseased = scores.map((_, i) => i >= 1000);
  const found = applyThreshold(threshold, { scores, diseased, patient: scores.map((_, i) => i >> 1) });
  assertClose(found.specificity.share, 0.9, { absolute: 0.04 });
  assert(found.sensitivity.interval[0] < found.sensitivity.share && found.sensitivity.n === 300);
  assertThrows(() => thresholdOnValidation([]), RangeError, "no values");
  assertThrows(() => thresholdOnValidation([1, NaN]), RangeError, "head 1");
  assertThrows(() => thresholdOnValidation([1, 2], { specificity: 1 }), RangeError, "(0, 1)");
  assertThrows(
    () => applyThreshold(threshold, { scores: [1], diseased: [0], patient: ["p"] }),
    RangeError,
    "got 1 and 0",
  );
});

Deno.test("a film like the cohort's is in its domain; a blank, a wild and a broken one are not", () => {
  const residual = normals(112).map((v) => Math.exp(0.1 * v)), meanLogVariance = normals(112, -3, 0.2);
  const domain = JSON.parse(JSON.stringify(fitDomain({ residual, meanLogVariance })));
  assertEquals(outOfDomain({ residual: 1.2, meanLogVariance: -3.1 }, domain).outOfDomain, false);
  for (const odd of [1e-3, 9, 0, NaN]) {
    const verdict = outOfDomain({ residual: odd, meanLogVariance: -3 }, domain);
    assertEquals([verdict.outOfDomain, verdict.reasons[0].measure], [true, "residual"]);
    assert(Number.isFinite(verdict.reasons[0].z));
  }
  assertThrows(() => outOfDomain({ residual: 1 }, domain), TypeError, '"meanLogVariance"');
  assertThrows(() => fitDomain({}), RangeError, "no measures");
  assertThrows(() => fitDomain({ residual: [1, 1, 1] }), RangeError, "does not vary");
});
