import type { Prng } from "../../array/seeded_prng.ts";
import type { Grade } from "../../types.ts";
import type { BoneSubjects } from "../bones/bone_model.ts";
import { draws } from "./draws.ts";
import type { Patient, View } from "./patient.ts";
import { pelvisCups, pelvisModes } from "../bones/pelvis.ts";
import { sampleCarrier } from "./sample_carrier.ts";
import { sampleDressing } from "./sample_dressing.ts";
import { replaceBoth, sampleHips } from "./sample_hips.ts";
import { sampleOccluders } from "./sample_occluders.ts";
import { sampleProcessing } from "./sample_processing.ts";
import { sampleView } from "./sample_view.ts";
import { RESHAPED_FEMORA, TEMPLATES } from "../bones/skeleton.ts";

/** Properties of a patient that may be fixed; the others are random. */
export interface PatientOptions {
  /** Identifier. */
  readonly id?: string;
  /** Sex, as the cohort file has it. */
  readonly sex?: "F" | "M";
  /** Age in years. */
  readonly age?: number;
  /** Site, as the cohort file has it. */
  readonly site?: string;
  /** Grades of the right and the left hip. @default {[0, 0]} */
  readonly grades?: readonly [Grade, Grade];
  /**
   * Range of variation: `paper` for films of good technical quality, `hard` for films with all difficulties, `training`
   * for a wider range than either.
   * @default {"paper"}
   */
  readonly setting?: "paper" | "hard" | "training";
  /**
   * The real subjects whose bones are used: `training`, or `held-out` for evaluation, which no training film uses.
   *
   * @default {"training"}
   */
  readonly bones?: BoneSubjects;
  /**
   * Content of the film: hips, two replaced hips, the abdomen above the hips, or an image by `negativeFilm` without a
   * hip. @default {"hips"}
   */
  readonly subject?: "hips" | "replaced" | "above" | "other";
}

/** Draws one patient and the parameters of the film. Anatomy follows the tables cited in data/README.md. */
export function samplePatient(prng: Prng, options: PatientOptions = {}): Patient {
  const { grades = [0, 0], setting = "paper", id = "synthetic" } = options;
  const d = draws(prng.fork("patient"));
  const sex = options.sex ?? (d.p(0.5) ? "M" : "F");
  const age = options.age ?? Math.round(d.n(52, 15, 20, 92));
  const wild = setting === "paper" ? 0 : setting === "hard" ? 1 : 1.2;
  const seed = prng.fork("film").integer(2 ** 31);
  const stature = d.n(sex === "M" ? 1.03 : 0.95, 0.045, 0.82, 1.18);
  const girthMm = d.n(sex === "M" ? 186 : 190, 25, 148, 300) * (d.p(0.12 * wild) ? d.u(1.1, 1.4) : 1);
  const { bones = "training" } = options;
  const pelvisShape = Array.from({ length: pelvisModes(bones) }, () => d.n(0, 1, -2.2, 2.2));
  const pelvisScale = stature * d.n(1.045, 0.025, 0.97, 1.12), cups = pelvisCups(bones, pelvisShape);
  const view = aim(sampleView(d, setting), options.subject);
  const femora = TEMPLATES.femur + (setting === "training" ? RESHAPED_FEMORA : 0);
  const natural = sampleHips(d, { sex, age, grades, wild, view, stature, femora });
  const carrier = sampleCarrier(draws(prng.fork("carrier")), setting);
  const hips = options.subject === "replaced" ? replaceBoth(d, natural) : natural;
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
    bones,
    pelvisShape,
    pelvisScale,
    halfSpanMm: pelvisScale * (cups.left.center[0] - cups.right.center[0]) / 2,
    tailTemplate: d.prng.integer(TEMPLATES.tail),
    vertebraTemplate: d.prng.integer(TEMPLATES.vertebra),
    view,
    processing: sampleProcessing(d, wild, { site: options.site, carrier: carrier.kind }),
    dressing: sampleDressing(d, wild),
    occluders: sampleOccluders(d, wild, { sex, age }),
    carrier,
  };
}

/** The view for a film that must not show the hips; other views are unchanged. */
function aim(view: View, subject: PatientOptions["subject"]): View {
  if (subject === "other") return { ...view, kind: "other" };
  if (subject !== "above") return view;
  return { ...view, kind: "above", centerMm: [view.centerMm[0], -0.55 * view.heightMm - 60] };
}
