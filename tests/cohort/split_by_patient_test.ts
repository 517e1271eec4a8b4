import { assert, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { proveSplit, splitByPatient } from "../../src/cohort/split_by_patient.ts";
import type { CohortRow, Grade, Split } from "../../src/types.ts";

/** A cohort of patients with two hips each: healthy patients, and diseased patients with the given grades. */
function cohort(healthyPatients: number, diseased: readonly (readonly [Grade, Grade])[]): CohortRow[] {
  const row = (patient: string, side: "right" | "left", grade: Grade): CohortRow => ({
    headId: `${patient}#${side}`,
    radiograph: `${patient}.dcm`,
    patient,
    side,
    grade,
  });
  const rows: CohortRow[] = [];
  for (let i = 0; i < healthyPatients; i++) rows.push(row(`h${i}`, "right", 0), row(`h${i}`, "left", 0));
  diseased.forEach(([right, left], i) => rows.push(row(`d${i}`, "right", right), row(`d${i}`, "left", left)));
  return rows;
}

const oneSided = Array.from({ length: 73 }, (_, i) => [1 + i % 4, 0] as [Grade, Grade]);
const paper = cohort(711, [...oneSided, ...Array.from({ length: 125 }, () => [2, 3] as [Grade, Grade])]);

Deno.test("splitByPatient: the cohort of the paper's size is split into 1270, 112 and 113 of 1495 healthy heads, with all diseased patients held out", () => {
  const { rows, proof } = splitByPatient(paper, { seed: 3 });
  assertEquals(proof.crossing, 0);
  assertEquals(proof.patients, 909);
  assertEquals(proof.healthyHeads, { "train": 1270, "validation": 112, "held-out": 113 });
  const diseased = new Set(rows.filter(({ grade }) => grade > 0).map(({ patient }) => patient));
  assert(rows.every(({ patient, split }) => !diseased.has(patient) || split === "held-out"));
});

Deno.test("splitByPatient: both hips of a patient are in the same subset, for 20 seeds", () => {
  for (let seed = 0; seed < 20; seed++) {
    const { rows } = splitByPatient(paper, { seed }), sides = new Map<string, Split>();
    for (const { patient, split } of rows) {
      assertEquals(sides.get(patient) ?? split, split);
      sides.set(patient, split);
    }
  }
});

Deno.test("splitByPatient: the split depends on the seed, not on the order of rows", () => {
  const prng = seededPrng(9), shuffled = [...paper];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = prng.integer(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  const of = (rows: CohortRow[], seed: number) => splitByPatient(rows, { seed }).proof.sha256;
  assertEquals(of(shuffled, 1), of(paper, 1));
  assert(of(paper, 1) !== of(paper, 2));
});

Deno.test("splitByPatient: patients that must stay together are in one subset, also through chains and with diseased patients", () => {
  const rows = cohort(60, [[4, 0]]), together = [["h1", "h2"], ["h2", "h3"], ["h5", "d0"]] as const;
  for (let seed = 0; seed < 10; seed++) {
    const { rows: split } = splitByPatient(rows, { seed, together });
    const side = (patient: string) => split.find((row) => row.patient === patient)!.split;
    assertEquals([side("h2"), side("h3")], [side("h1"), side("h1")]);
    assertEquals(side("h5"), "held-out");
  }
});

Deno.test("splitByPatient keeps a split that the rows have; an incomplete split, or one that divides a patient, is rejected", () => {
  const given = cohort(3, []).map((row) => ({
    ...row,
    split: (row.patient === "h0" ? "train" : "held-out") as Split,
  }));
  const { rows, proof } = splitByPatient(given);
  assertEquals(rows, given);
  assertEquals(proof.heads, { "train": 2, "validation": 0, "held-out": 4 });
  assertThrows(() => splitByPatient([given[0], { ...given[1], split: undefined }]), RangeError, "got 1 of 2");
  assertThrows(
    () => proveSplit([given[0], { ...given[1], split: "held-out" }]),
    RangeError,
    "1 patients have heads",
  );
});

Deno.test("splitByPatient: fractions that do not sum to 1, or are below 0, are rejected", () => {
  for (const [train, validation, heldOut] of [[-0.5, 0.5, 1], [0.5, -0.5, 1], [0.5, 1, -0.5]]) {
    assertThrows(
      () => splitByPatient(paper, { fractions: { train, validation, heldOut } }),
      RangeError,
      "at least 0",
    );
  }
  assertThrows(
    () => splitByPatient(paper, { fractions: { train: 1, validation: 0.1, heldOut: 0 } }),
    RangeError,
    "sum to 1",
  );
});

Deno.test("splitByPatient accepts a patient named __proto__", () => {
  const rows = cohort(1, []).map((row) => ({ ...row, patient: "__proto__" }));
  assertEquals(splitByPatient(rows).proof.patients, 1);
});

Deno.test("splitByPatient: a patient with twice as many heads as the held-out subset still needs is held out", () => {
  // 2 patients with 2 heads each; 25 % held out is 1 head, exactly half of a patient.
  const rows = ["a", "a", "b", "b"].map((patient, i) => ({
    ...{
      headId: `h${i}`,
      radiograph: `${i}.png`,
      patient,
      side: i % 2 ? "left" : "right",
      grade: 0,
    } as const,
  }));
  const fractions = { train: 0.75, validation: 0, heldOut: 0.25 };
  const { proof } = splitByPatient(rows, { seed: 1, fractions });
  assertEquals(proof.heads, { "train": 2, "validation": 0, "held-out": 2 });
});
