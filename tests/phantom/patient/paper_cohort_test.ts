import { assert, assertEquals } from "@std/assert";
import { cohortTable } from "../../../src/phantom/files/cohort_table.ts";
import {
  hardCohort,
  paperCohort,
  patientOf,
  smallCohort,
} from "../../../src/phantom/patient/paper_cohort.ts";

const count = <T>(items: readonly T[], key: (item: T) => string) => {
  const out: Record<string, number> = {};
  for (const item of items) out[key(item)] = (out[key(item)] ?? 0) + 1;
  return out;
};

Deno.test("the phantom's committed cohort.csv is paperCohort with seed 1", async () => {
  const committed = await Deno.readTextFile(new URL("../../../data/cohort.csv", import.meta.url));
  assertEquals(committed, cohortTable(paperCohort(1)));
});

for (const seed of [1, 2, 77]) {
  Deno.test(`synthetic cohort in the paper's proportions, seed ${seed}: size, grades, one-sided patients and split match the paper`, () => {
    const { patients } = paperCohort(seed);
    assertEquals(patients.length, 909);
    const heads = patients.flatMap((p) =>
      p.options.grades.map((grade) => ({ grade, split: p.split, patient: p }))
    );
    assertEquals(count(heads, (h) => `${h.grade}`), { "0": 1495, "1": 80, "2": 114, "3": 93, "4": 36 });
    assertEquals(count(heads.filter((h) => h.grade === 0), (h) => h.split), {
      train: 1270,
      validation: 112,
      "held-out": 113,
    });
    const diseased = patients.filter((p) => p.options.grades.some((g) => g > 0));
    assert(diseased.every((p) => p.split === "held-out"));
    assertEquals(diseased.filter((p) => p.options.grades.includes(0)).length, 73);
    assertEquals(diseased.length, 198);
    assertEquals(new Set(patients.map((p) => p.name)).size, 909);
    assertEquals(new Set(patients.map((p) => p.options.id)).size, 909);
    // Of the one-sided patients, about as many have the disease on the right as on the left.
    const right = diseased.filter((p) => p.options.grades[0] > 0 && p.options.grades[1] === 0).length;
    assert(right > 20 && right < 53, `${right} of 73 one-sided patients have the disease on the right`);
  });
}

Deno.test("paperCohort: the same seed gives the same cohort, a different seed a different cohort", () => {
  assertEquals(paperCohort(5), paperCohort(5));
  assert(JSON.stringify(paperCohort(5)) !== JSON.stringify(paperCohort(6)));
  assertEquals(patientOf(paperCohort(5).patients[3]), patientOf(paperCohort(5).patients[3]));
});

Deno.test("shares of men, of patients over 50 and of sites A and B differ by less than 12 percentage points between healthy and diseased patients", () => {
  const { patients } = paperCohort(1);
  const share = (sick: boolean, test: (p: typeof patients[number]) => boolean) => {
    const group = patients.filter((p) => p.options.grades.some((g) => g > 0) === sick);
    return group.filter(test).length / group.length;
  };
  for (
    const test of [
      (p: typeof patients[number]) => p.options.sex === "M",
      (p: typeof patients[number]) => p.options.age! > 50,
      (p: typeof patients[number]) => p.options.site === "A",
      (p: typeof patients[number]) => p.options.site === "B",
    ]
  ) {
    assert(Math.abs(share(true, test) - share(false, test)) < 0.12);
  }
});

Deno.test("small cohort: 60 films with every grade and every split; hard cohort: fractures, rods, shields and films without a natural head", () => {
  const small = smallCohort(1).patients;
  assertEquals(small.length, 60);
  assertEquals(new Set(small.flatMap((p) => p.options.grades)).size, 5);
  assertEquals(new Set(small.map((p) => p.split)).size, 3);
  const hard = hardCohort(1, 300).patients.map(patientOf);
  assertEquals(hard.length, 300);
  assert(
    hard.filter((p) =>
      p.hips.every((h) => h.kind !== "natural") || p.view.kind === "above" || p.view.kind === "other"
    ).length >= 3,
  );
  assert(hard.some((p) => p.hips.some((h) => h.fracture !== "none")));
  assert(hard.some((p) => p.occluders.rods) && hard.some((p) => p.occluders.shield !== "none"));
});
