import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { crossValidateOrdinal } from "../../src/normative/cross_validate_ordinal.ts";
import { sampleHeads } from "./sample_heads.ts";

Deno.test("crossValidateOrdinal: kappa is above 0.7 if a feature rises with the grade, and every head is counted once", () => {
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

Deno.test("crossValidateOrdinal: kappa is near 0 if only the patient's other hip reveals the grade", () => {
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

Deno.test("crossValidateOrdinal: sensitivity is the confusion matrix's diagonal over its row sums; folds must be a whole number from 2 to the number of patients", () => {
  const { rows, ...heads } = sampleHeads(30);
  const found = crossValidateOrdinal(rows, { ...heads, folds: 2, bootstraps: 20 });
  const { perGrade, confusion } = found;
  perGrade.forEach(({ grade, sensitivity, n }, g) => {
    const all = confusion[g].reduce((sum, count) => sum + count, 0);
    assertEquals([grade, n], [found.grades[g], all]);
    assertClose(sensitivity, confusion[g][g] / all);
  });
  for (const folds of [1, 2.5, 1000]) {
    assertThrows(() => crossValidateOrdinal(rows, { ...heads, folds }), RangeError, `got ${folds}`);
  }
});
