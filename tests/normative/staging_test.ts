import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { crossValidateOrdinal } from "../../src/normative/cross_validate_ordinal.ts";
import { fitOrdinal } from "../../src/normative/fit_ordinal.ts";
import { gradeShares, nearestGrades } from "../../src/normative/nearest_grades.ts";
import { ordinalStep } from "../../src/normative/ordinal_step.ts";
import { readFixture } from "../stats/read_fixture.ts";

Deno.test("without ridge the model is R's ordinal::clm", () => {
  for (const { p, rows, grades, thresholds, slopes } of readFixture("ordinal_r.json", "normative")) {
    const found = fitOrdinal(Float64Array.from(rows), { p, grades, ridge: 1e-9 });
    assertClose(found.thresholds, thresholds, { relative: 1e-6, absolute: 1e-7 });
    assertClose(found.slopes, slopes, { relative: 1e-6, absolute: 1e-7 });
  }
});

Deno.test("gradient and information agree with finite differences", () => {
  const prng = seededPrng(2), n = 12, p = 2, k = 4;
  const problem = {
    x: Float64Array.from({ length: n * p }, () => prng.normal()),
    y: Int32Array.from({ length: n }, (_, i) => i % k),
    weight: Float64Array.from({ length: n }, () => 0.5 + prng()),
    n,
    p,
    k,
    ridge: 0.7,
  };
  const at = Float64Array.of(-1, 0.2, 1.1, 0.4, -0.8), here = ordinalStep(problem, at), h = 1e-5;
  at.forEach((_, j) => {
    const up = ordinalStep(problem, at.map((v, i) => (i === j ? v + h : v)));
    const down = ordinalStep(problem, at.map((v, i) => (i === j ? v - h : v)));
    assertClose(here.gradient[j], (up.value - down.value) / (2 * h), { relative: 1e-6, absolute: 1e-8 });
    for (let i = j; i < at.length; i++) {
      const slope = -(up.gradient[i] - down.gradient[i]) / (2 * h);
      assertClose(here.information[i * at.length + j], slope, { relative: 1e-6, absolute: 1e-7 });
    }
  });
});

/** Two heads a patient; the first feature rises with the grade. */
function sampleHeads(patients: number) {
  const prng = seededPrng(6), p = 3, grades: number[] = [], patient: string[] = [], rows: number[] = [];
  for (let i = 0; i < patients; i++) {
    for (let hip = 0; hip < 2; hip++) {
      const grade = prng() < 0.6 ? 0 : 1 + prng.integer(3);
      grades.push(grade);
      patient.push(`p${i}`);
      rows.push(2 * grade + prng.normal(), prng.normal(), 5 + prng.normal());
    }
  }
  return { p, grades, patient, rows: Float64Array.from(rows) };
}

Deno.test("cross-validation by patient finds the signal and counts every head once", () => {
  const { rows, ...heads } = sampleHeads(80);
  const found = crossValidateOrdinal(rows, { ...heads, folds: 5, bootstraps: 200 });
  assertEquals(found.grades, [0, 1, 2, 3]);
  assertEquals(found.confusion.flat().reduce((s, v) => s + v, 0), 160);
  assert(
    found.kappa! > 0.7 && found.kappaInterval![0] < found.kappa! && found.kappa! < found.kappaInterval![1],
  );
  for (let i = 0; i < 160; i++) {
    assertClose(found.shares.subarray(i * 4, i * 4 + 4).reduce((s, v) => s + v, 0), 1, { relative: 1e-9 });
  }
  found.perGrade.forEach(({ sensitivity, interval }) =>
    assert(interval[0] <= sensitivity && sensitivity <= interval[1])
  );
});

Deno.test("a label that only the patient's other hip could give away is not learnt", () => {
  // Features are noise shared by both hips: a leak between folds would show as agreement.
  const prng = seededPrng(1), rows: number[] = [], grades: number[] = [], patient: number[] = [];
  for (let i = 0; i < 60; i++) {
    const noise = [prng.normal(), prng.normal(), prng.normal(), prng.normal(), prng.normal()], grade = i % 2;
    for (let hip = 0; hip < 2; hip++) {
      rows.push(...noise);
      grades.push(grade);
      patient.push(i);
    }
  }
  const found = crossValidateOrdinal(Float64Array.from(rows), {
    p: 5,
    grades,
    patient,
    ridge: 0.01,
    bootstraps: 50,
  });
  assert(Math.abs(found.kappa!) < 0.35, `kappa ${found.kappa}`);
});

Deno.test("shares are the model's: ordered, summing to 1, likeliest first, and back from JSON", () => {
  const { rows, p, grades } = sampleHeads(60), model = fitOrdinal(rows, { p, grades });
  const kept = JSON.parse(JSON.stringify(model));
  const low = nearestGrades([0, 0, 5], kept), high = nearestGrades([6, 0, 5], kept);
  assertEquals([low[0].grade, high[0].grade], [0, 3]);
  assertClose(low.reduce((s, v) => s + v.share, 0), 1, { relative: 1e-12 });
  assert(low.every((v, i) => i === 0 || v.share <= low[i - 1].share));
  assertClose(gradeShares([1e6, 0, 0], model)[3], 1);
  assertThrows(() => nearestGrades([1], model), TypeError, "3 features, got 1");
  assertThrows(() => nearestGrades([1, NaN, 0], model), RangeError, "not finite");
});

Deno.test("balanced weights raise the shares of rare grades", () => {
  const { rows, p, grades } = sampleHeads(60);
  const plain = fitOrdinal(rows, { p, grades }),
    even = fitOrdinal(rows, { p, grades, weighting: "balanced" });
  assert(gradeShares([1, 0, 5], even)[0] < gradeShares([1, 0, 5], plain)[0]);
});

Deno.test("staging names what it cannot fit", () => {
  const rows = Float64Array.of(1, 2, 3, 4);
  assertThrows(() => fitOrdinal(rows, { p: 1, grades: [0, 0, 0, 0] }), RangeError, "at least 2 grades");
  assertThrows(() => fitOrdinal(rows, { p: 1, grades: [0, 1] }), TypeError, "4 heads");
  assertThrows(
    () => fitOrdinal(Float64Array.of(1, 1, 1), { p: 1, grades: [0, 1, 1] }),
    RangeError,
    "feature 0 does not vary",
  );
  assertThrows(() => fitOrdinal(rows, { p: 1, grades: [0, 1, 0, 1], ridge: 0 }), RangeError, "ridge");
  const patient = ["a", "b", "c", "d"];
  assertThrows(
    () => crossValidateOrdinal(rows, { p: 1, grades: [0, 1, 0, 1], patient, folds: 9 }),
    RangeError,
    "4 patients",
  );
  assertThrows(
    () => crossValidateOrdinal(rows, { p: 1, grades: [0, 1, 0, 0], patient, folds: 2 }),
    RangeError,
    "grade 1",
  );
});
