import { seededPrng } from "../../src/array/seeded_prng.ts";

/** Two heads per patient; the first of three features increases with the grade. */
export function sampleHeads(patients: number) {
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
