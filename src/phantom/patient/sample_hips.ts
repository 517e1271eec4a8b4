import type { Grade } from "../../types.ts";
import type { Draw } from "./draws.ts";
import type { Hip, View } from "./patient.ts";
import { sampleLesion } from "./sample_lesion.ts";

/**
 * Draws the two hips of a patient, which share their femur template and, up to a small difference, head size, femur
 * shape and pose; joint space, deformities and implants are drawn for each hip. Anatomy follows the tables cited in data/README.md.
 */
export function sampleHips(
  d: Draw,
  { sex, age, grades, wild, view, stature, femora }: {
    sex: "F" | "M";
    age: number;
    grades: readonly [Grade, Grade];
    /** Strength of the difficulties (fractures, implants, unusual views); see `sampleDressing`. */
    wild: number;
    view: View;
    stature: number;
    /** Number of femur templates to choose from. */
    femora: number;
  },
): [Hip, Hip] {
  const male = sex === "M";
  const shared = d.n(0, 1, -2.4, 2.4);
  const rotation = d.n(16, 12, -12, 50), spread = d.n(0, 5, -12, 14);
  const femurTemplate = d.prng.integer(femora);
  const neck = d.n(0, 3.5, -8, 9), angle = d.n(0, 5, -12, 12), thick = d.n(1, 0.06, 0.85, 1.18);
  const trochanter = d.n(1, 0.12, 0.75, 1.35);
  const worn = d.p(0.08 + 0.25 * wild) ? d.u(0.1, 1) * Math.min(1, age / 60) : 0;
  // Frog-leg view: the thighs are flexed, abducted and rotated outwards.
  const frog = view.kind === "hip" ? d.p(0.3) : d.p(0.02 + 0.07 * wild);
  const bend = d.u(0, 45), out = d.u(20, 60), turn = d.u(25, 75);
  const make = (side: "right" | "left", grade: Grade): Hip => {
    const mean = side === "right" ? (male ? 49.2 : 45.3) : (male ? 48 : 44.3);
    const sd = male ? 4 : 3.4;
    const radius = (mean + sd * (0.9 * shared + 0.2 * d.n(0, 1, -2, 2))) / 2 * (0.7 + 0.3 * stature);
    const shallow = d.p(0.05 + 0.08 * wild) ? d.u(0.2, 1) : 0;
    const oa = worn > 0 && d.p(0.75) ? worn : 0;
    const late = grade === 4 ? d.u(0.3, 1) : grade === 3 ? d.u(0, 0.2) : 0;
    const mayBreak = grade === 0 && wild > 0;
    const kind = mayBreak && d.p(0.09 * wild)
      ? d.pick(["total", "total", "total", "hemi", "resurfacing", "girdlestone"] as const)
      : "natural";
    const fracture = mayBreak && kind === "natural" && d.p(0.07 * wild)
      ? d.pick(["neck", "trochanter"] as const)
      : "none";
    const badly = d.u(0, 1);
    const hardware = kind === "natural" && wild > 0 && d.p(fracture === "none" ? 0.05 * wild : 0.35)
      ? d.pick(["screws", "sliding-screw", "nail", "plate"] as const)
      : "none";
    return {
      side,
      grade,
      kind,
      headRadiusMm: Math.max(18.5, Math.min(30, radius)),
      jointSpaceMm: d.n(male ? 4.4 : 4, 0.8, 2, 7),
      spaceLoss: Math.min(0.97, Math.max(oa, late)),
      spaceLossTilt: oa > 0 && d.p(0.25) ? -1 : d.u(0.2, 1),
      ovality: d.n(0, 0.012, -0.03, 0.03) + (oa > 0.5 ? d.u(0, 0.06) : 0),
      ovalTiltDeg: d.u(0, 180),
      cam: d.p(0.2) ? d.u(0.3, 1) : 0,
      subluxationMm: shallow > 0.5 && d.p(0.6) ? d.u(1, 12) * shallow : late * d.u(0, 3),
      shallow,
      osteophytes: Math.max(oa * d.u(0.3, 1), late * d.u(0.2, 1)),
      rotationDeg: frog ? turn : rotation + d.n(0, 5, -14, 14) + (fracture !== "none" ? d.u(0, 35) : 0),
      abductionDeg: frog ? out : -3 + spread + d.n(0, 3, -8, 8),
      flexionDeg: frog ? bend : d.p(0.1 * wild) ? d.u(5, 30) : d.u(-3, 6),
      fracture,
      fractureShift: fracture === "none"
        ? [0, 0, 0, 0]
        : [d.u(-2, 14) * badly, d.u(-28, 4) * badly, d.u(-3, 12) * badly, d.u(-15, 25) * badly],
      hardware,
      lesion: kind === "natural" ? sampleLesion(d.prng, grade) : null,
      femurTemplate,
      neckStretchMm: neck + d.n(0, 1, -2, 2),
      neckAngleDeg: angle + d.n(0, 1.5, -4, 4),
      shaftScale: thick,
      trochanterScale: trochanter,
    };
  };
  return [make("right", grades[0]), make("left", grades[1])];
}

/** The same hips, both with an implant. */
export function replaceBoth(d: Draw, [right, left]: [Hip, Hip]): [Hip, Hip] {
  const replaced = (hip: Hip): Hip => ({
    ...hip,
    kind: d.pick(["total", "total", "hemi", "resurfacing"] as const),
    lesion: null,
    hardware: "none",
    fracture: "none",
  });
  return [replaced(right), replaced(left)];
}
