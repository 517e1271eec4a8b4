import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { sampleLesion } from "../../../src/phantom/patient/sample_lesion.ts";
import { samplePatient } from "../../../src/phantom/patient/sample_patient.ts";

const patients = Array.from({ length: 800 }, (_, i) => samplePatient(seededPrng(i)));
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

Deno.test("head sizes follow the published tables by sex and side, and are similar within a patient", () => {
  for (
    const [sex, side, diameter] of [["M", 0, 49.2], ["M", 1, 48], ["F", 0, 45.3], ["F", 1, 44.3]] as const
  ) {
    const d = patients.filter((p) => p.sex === sex).map((p) => 2 * p.hips[side].headRadiusMm);
    assert(Math.abs(mean(d) - diameter) < 1, `${sex} ${side}: ${mean(d)} mm, the table says ${diameter}`);
  }
  const gap = patients.map((p) => Math.abs(p.hips[0].headRadiusMm - p.hips[1].headRadiusMm));
  assert(mean(gap) < 1.2);
});

Deno.test("setting paper, grade 0: joint space as published; no implant, fracture or lesion; parameters are restored from JSON", () => {
  const space = patients.flatMap((p) => p.hips.map((h) => h.jointSpaceMm));
  assert(Math.abs(mean(space) - 4.19) < 0.2 && Math.min(...space) >= 2 && Math.max(...space) <= 7);
  assert(
    patients.every((p) =>
      p.hips.every((h) => h.kind === "natural" && h.fracture === "none" && h.lesion === null)
    ),
  );
  const text = JSON.stringify(patients[0]);
  assert(!text.includes("null,null") && !text.includes("NaN"));
  assertEquals(JSON.parse(text), patients[0]);
});

Deno.test("lesions match their grade: no collapse in grades 1 and 2, up to 4 mm in grade 3, over 4 mm in grade 4; only a faint rim in grade 1", () => {
  const prng = seededPrng(1),
    many = (grade: 1 | 2 | 3 | 4) => Array.from({ length: 300 }, () => sampleLesion(prng, grade)!);
  assertEquals(sampleLesion(prng, 0), null);
  assert(
    many(1).every((l) =>
      l.collapseMm === 0 && l.crescentMm === 0 && l.cysts.length === 0 && l.rimDensity <= 0.1
    ),
  );
  assert(many(2).every((l) => l.collapseMm === 0 && l.crescentMm === 0 && l.rimMm >= 1 && l.rimMm <= 3));
  assert(many(3).every((l) => (l.collapseMm > 0 && l.collapseMm <= 4) && l.crescentMm <= 2));
  assert(many(4).every((l) => l.collapseMm > 4));
  for (const lesion of [...many(2), ...many(3), ...many(4)]) {
    assert(lesion.arcDeg >= 50 && lesion.arcDeg <= 140);
    assert(lesion.direction[1] < 0 && lesion.direction[2] < 0, "lesions are anterosuperior");
  }
});

Deno.test("setting hard: there are implants, fractures, inverted films, single hips and off-centre films", () => {
  const hard = Array.from({ length: 600 }, (_, i) => samplePatient(seededPrng(i), { setting: "hard" }));
  const share = (test: (p: typeof hard[number]) => boolean) => hard.filter(test).length / hard.length;
  assert(share((p) => p.hips.some((h) => h.kind !== "natural")) > 0.08);
  assert(share((p) => p.hips.some((h) => h.fracture !== "none")) > 0.05);
  assert(share((p) => p.processing.inverted) > 0.01);
  assert(share((p) => p.view.kind === "hip") > 0.1);
  assert(share((p) => Math.abs(p.view.centerMm[0]) > 50 && p.view.kind === "pelvis") > 0.03);
  for (const p of hard) for (const h of p.hips) if (h.kind !== "natural") assertEquals(h.lesion, null);
});
