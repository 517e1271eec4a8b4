import type { Prng } from "../array/seeded_prng.ts";
import type { Grade } from "../types.ts";
import type { Dressing, Hip, Occluders, Patient, Processing, View } from "./patient.ts";
import { sampleLesion } from "./sample_lesion.ts";
import { TEMPLATES } from "./skeleton.ts";

/** What may be fixed beforehand; the rest is chance. */
export interface PatientOptions {
  readonly id?: string;
  readonly sex?: "F" | "M";
  readonly age?: number;
  readonly site?: string;
  /** Grades of the right and the left hip. @default {[0, 0]} */
  readonly grades?: readonly [Grade, Grade];
  /** How far chance may go: `paper` a tidy archive, `hard` everything that goes wrong, `training` wider than either. */
  readonly setting?: "paper" | "hard" | "training";
  /** What is on the film: hips, hips both replaced, the belly above them, or another part altogether. @default {"hips"} */
  readonly subject?: "hips" | "replaced" | "above" | "other";
}

/** Chance in the words the sampler needs. */
interface Draw {
  readonly u: (lo: number, hi: number) => number;
  readonly n: (mean: number, sd: number, lo: number, hi: number) => number;
  readonly p: (chance: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly prng: Prng;
}

function draws(prng: Prng): Draw {
  return {
    u: (lo, hi) => lo + (hi - lo) * prng(),
    n: (mean, sd, lo, hi) => Math.max(lo, Math.min(hi, mean + sd * prng.normal())),
    p: (chance) => prng() < chance,
    pick: (items) => items[prng.integer(items.length)],
    prng,
  };
}

/** Draws one patient and the film to be taken of them. Anatomy by the tables cited in data/README.md. */
export function samplePatient(prng: Prng, options: PatientOptions = {}): Patient {
  const { grades = [0, 0], setting = "paper", id = "synthetic" } = options;
  const d = draws(prng.fork("patient"));
  const sex = options.sex ?? (d.p(0.5) ? "M" : "F");
  const age = options.age ?? Math.round(d.n(52, 15, 20, 92));
  const wild = setting === "paper" ? 0 : setting === "hard" ? 1 : 1.2;
  const seed = prng.fork("film").integer(2 ** 31);
  const stature = d.n(sex === "M" ? 1.03 : 0.95, 0.045, 0.82, 1.18);
  const girthMm = d.n(sex === "M" ? 186 : 190, 25, 148, 300) * (d.p(0.12 * wild) ? d.u(1.1, 1.4) : 1);
  const view = aim(sampleView(d, setting), options.subject);
  const born = sampleHips(d, { sex, age, grades, wild, view, stature });
  const hips = options.subject === "replaced" ? replaceBoth(d, born) : born;
  return {
    seed,
    id,
    sex,
    age,
    site: options.site ?? "A",
    stature,
    girthMm,
    depthMm: girthMm * d.u(0.58, 0.78),
    boneDensity: d.n(1.15 - 0.006 * Math.max(0, age - 45), 0.16, 0.45, 1.6),
    corticalScale: d.n(1.05 - 0.004 * Math.max(0, age - 50), 0.15, 0.55, 1.5),
    hips,
    halfSpanMm: d.n(sex === "M" ? 88 : 87, 4, 76, 99) * (0.5 + 0.5 * stature),
    sacrumTemplate: d.prng.integer(TEMPLATES.sacrum),
    vertebraTemplate: d.prng.integer(TEMPLATES.vertebra),
    view,
    processing: sampleProcessing(d, wild, options.site),
    dressing: sampleDressing(d, wild),
    occluders: sampleOccluders(d, wild, sex),
  };
}

function aim(view: View, subject: PatientOptions["subject"]): View {
  if (subject === "other") return { ...view, kind: "other" };
  if (subject !== "above") return view;
  return { ...view, kind: "above", centerMm: [view.centerMm[0], -0.55 * view.heightMm - 60] };
}

function replaceBoth(d: Draw, [right, left]: [Hip, Hip]): [Hip, Hip] {
  const replaced = (hip: Hip): Hip => ({
    ...hip,
    kind: d.pick(["total", "total", "hemi", "resurfacing"] as const),
    lesion: null,
    hardware: "none",
    fracture: "none",
  });
  return [replaced(right), replaced(left)];
}

function sampleHips(
  d: Draw,
  { sex, age, grades, wild, view, stature }: {
    sex: "F" | "M";
    age: number;
    grades: readonly [Grade, Grade];
    wild: number;
    view: View;
    stature: number;
  },
): [Hip, Hip] {
  const male = sex === "M";
  const shared = d.n(0, 1, -2.4, 2.4);
  const rotation = d.n(16, 12, -12, 50), spread = d.n(0, 5, -12, 14);
  const pelvisTemplate = d.prng.integer(TEMPLATES.hemipelvis),
    femurTemplate = d.prng.integer(TEMPLATES.femur);
  const worn = d.p(0.08 + 0.25 * wild) ? d.u(0.1, 1) * Math.min(1, age / 60) : 0;
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
      pelvisTemplate,
    };
  };
  return [make("right", grades[0]), make("left", grades[1])];
}

function sampleView(d: Draw, setting: "paper" | "hard" | "training"): View {
  const wild = setting === "paper" ? 0 : setting === "hard" ? 1 : 1.2;
  const hip = setting !== "paper" && d.p(setting === "hard" ? 0.15 : 0.25);
  const hipSide = d.p(0.5) ? "right" as const : "left" as const;
  const away = hipSide === "left" ? 1 : -1;
  const widthMm = hip ? d.u(190, 330) : d.u(385, 440) + wild * d.u(-30, 30);
  const heightMm = widthMm * (hip ? d.u(0.85, 1.5) : setting === "paper" ? 1 : d.u(0.72, 1.15));
  const loose = 1 + 1.2 * wild;
  const cutOff = !hip && d.p(0.07 * wild);
  return {
    kind: hip ? "hip" : "pelvis",
    hipSide,
    widthMm,
    heightMm,
    centerMm: hip ? [away * (88 + d.u(-0.32, 0.32) * widthMm), d.u(-0.25, 0.35) * heightMm * 0.9] : [
      d.n(0, 6 * loose, -40, 40) + (cutOff ? d.pick([-1, 1]) * d.u(60, 130) : 0),
      d.n(-12, 16 * loose, -95, 75),
    ],
    tiltDeg: d.n(4, 6 * loose, -28, 32),
    turnDeg: d.n(0, 2 * loose, -16, 16),
    obliquityDeg: d.n(0, 1.6 * loose, -14, 14),
    sourceMm: d.u(1000, 1200),
    behindMm: d.u(60, 170),
    mirrored: d.p(0.03 * wild),
  };
}

function sampleProcessing(d: Draw, wild: number, site?: string): Processing {
  const logarithmic = d.p(0.85);
  const flat = d.p(0.25 * wild), burnt = d.p(0.25 * wild);
  const modern = site === "A" || site === "C" ? 0.8 : site === "B" ? 0.35 : d.u(0, 1);
  return {
    exposure: 10 ** (d.u(4.1, 5.4) - (d.p(0.15 * wild) ? d.u(0.5, 1.8) : 0)),
    kiloVolt: d.u(65, 85),
    scatter: d.u(0.05, 0.5) + (d.p(0.2 * wild) ? d.u(0, 0.8) : 0),
    scatterMm: d.u(20, 45),
    heel: d.u(-0.12, 0.12),
    blurMm: d.u(0.12, 0.4) + (d.p(0.15 * wild) ? d.u(0.2, 1) : 0),
    logarithmic,
    gamma: d.u(0.3, 0.65),
    compress: Math.min(0.92, modern * d.u(0.35, 1.1)),
    compressMm: d.u(15, 60),
    edge: d.p(0.25 + 0.5 * modern) ? d.u(0.2, 1.8) : 0,
    edgeMm: d.u(0.6, 4),
    bodyWindow: d.p(0.8),
    lowQuantile: d.u(0.002, 0.14),
    highQuantile: d.u(burnt ? 0.94 : 0.985, 1),
    headroom: burnt ? 0 : d.u(0, 0.35),
    floor: flat ? d.u(0, 0.35) : d.u(0, 0.04),
    ceiling: flat ? d.u(0.6, 1) : d.u(0.93, 1),
    curve: d.u(0, 1),
    gain: Math.exp(d.n(0, wild ? 0.25 : 0.14, -0.7, 0.7)),
    bits: site === "B" ? 8 : site === "C" ? 10 : site === "A" ? 12 : d.pick([8, 10, 12, 12, 14, 16]),
    inverted: d.p(0.04 * wild),
  };
}

function sampleDressing(d: Draw, wild: number): Dressing {
  const side = () => d.p(0.28 + 0.15 * wild) ? d.u(2, 26) + (d.p(0.15 * wild) ? d.u(0, 50) : 0) : 0;
  const framed = d.p(0.55);
  return {
    collimatorMm: framed ? [side(), side(), side(), side()] : [0, 0, 0, 0],
    collimatorTiltDeg: d.n(0, 0.7, -3, 3),
    collimatorDensity: d.u(1.5, 6),
    surround: framed ? d.pick(["none", "none", "black", "black", "white", "white", "grey"] as const) : "none",
    markers: d.p(0.7) ? 1 + d.prng.integer(2) : 0,
    burnt: d.p(0.1 + 0.35 * wild) ? 1 + d.prng.integer(3) : 0,
    stitched: d.p(0.04 * wild),
  };
}

function sampleOccluders(d: Draw, wild: number, sex: "F" | "M"): Occluders {
  return {
    gas: d.p(0.85) ? d.u(0.1, 1) : 0,
    stool: d.p(0.6) ? d.u(0, 1) : 0,
    folds: Math.floor(d.u(0, 2 + 3 * wild)),
    shield: d.p(0.05 * wild) ? (sex === "M" ? "male" : "female") : "none",
    balls: d.p(0.03 + 0.07 * wild) ? 1 + d.prng.integer(2) : 0,
    rods: d.p(0.06 * wild),
    clips: d.p(0.08 + 0.12 * wild) ? 1 + d.prng.integer(7) : 0,
    clothing: d.p(0.2 * wild) ? 1 + d.prng.integer(4) : 0,
    contrast: d.p(0.02 * wild),
  };
}
