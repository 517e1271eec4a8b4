import type { Prng } from "../../array/seeded_prng.ts";
import type { Grade } from "../../types.ts";
import type { Hip, Lesion, Patient } from "./patient.ts";
import { samplePatient } from "./sample_patient.ts";

/** Appearance of a lesion and of the joint around the lesion; for whole grades within the ranges of data/README.md. */
interface Stage {
  readonly arcDeg: number;
  readonly rimMm: number;
  readonly rimDensity: number;
  readonly deadDensity: number;
  /** Radius of each cyst in head radii. */
  readonly cyst: number;
  readonly crescentMm: number;
  readonly collapseMm: number;
  readonly spaceLoss: number;
  readonly osteophytes: number;
}

/**
 * Grades 0 to 4: no lesion; a lesion not visible on the film; sclerosis and cysts; crescent with early collapse;
 * collapse with a narrowed joint.
 */
const STAGES: readonly Stage[] = [
  [50, 1, 0, 0, 0, 0, 0, 0, 0],
  [70, 1.5, 0.05, 0.01, 0, 0, 0, 0, 0],
  [95, 2, 1.3, 0.25, 0.1, 0, 0, 0, 0],
  [110, 2.2, 1.5, 0.3, 0.13, 1.5, 1.2, 0.1, 0.02],
  [125, 2.5, 1.6, 0.3, 0.18, 0.8, 7, 0.75, 0.45],
].map(([arcDeg, rimMm, rimDensity, deadDensity, cyst, crescentMm, collapseMm, spaceLoss, osteophytes]) => ({
  ...{ arcDeg, rimMm, rimDensity, deadDensity, cyst, crescentMm, collapseMm, spaceLoss, osteophytes },
}));

/** Centres of the cysts relative to the centre of the lesion, in head radii. */
const CYSTS = [[0.12, 0.1, 0.05], [-0.14, 0.02, -0.1], [0.02, 0.22, 0.12]] as const;
/** Distance of the lesion's centre from the head's centre, in head radii. */
const DEPTH = 0.66;

/** A healthy, middle-aged patient without arthritis, on a good film of both hips. `sameHip` gives one hip any grade. */
export function teachingPatient(prng: Prng): Patient {
  const patient = samplePatient(prng, {
    id: "the same hip",
    sex: "M",
    age: 42,
    grades: [0, 0],
    setting: "paper",
  });
  const sound = (hip: Hip): Hip => ({
    ...hip,
    spaceLoss: 0,
    osteophytes: 0,
    cam: 0,
    subluxationMm: 0,
    shallow: 0,
  });
  return { ...patient, hips: [sound(patient.hips[0]), sound(patient.hips[1])] };
}

/**
 * The same patient with one hip at `stage`, a grade from 0 to 4 or a position between two grades. Bones, exposure and
 * pose are unchanged; only the lesion (with crescent and collapse), joint space, osteophytes and the recorded grade
 * (the nearest whole one) depend on the stage.
 *
 * @throws {RangeError} unless 0 <= stage <= 4.
 */
export function sameHip(
  patient: Patient,
  { side, stage }: { side: "right" | "left"; stage: number },
): Patient {
  if (!(stage >= 0 && stage <= 4)) {
    throw new RangeError(`Cannot set the stage of the hip: it must be from 0 to 4, got ${stage}`);
  }
  const at = (hip: Hip): Hip => {
    if (hip.side !== side) return hip;
    const now = between(stage);
    return {
      ...hip,
      grade: Math.round(stage) as Grade,
      spaceLoss: now.spaceLoss,
      spaceLossTilt: 0.7,
      osteophytes: now.osteophytes,
      lesion: stage === 0 ? null : lesionOf(now),
    };
  };
  return { ...patient, hips: [at(patient.hips[0]), at(patient.hips[1])] };
}

/** Appearance at a stage, by linear interpolation between the grades. */
function between(stage: number): Stage {
  const low = STAGES[Math.floor(stage)], high = STAGES[Math.ceil(stage)], share = stage - Math.floor(stage);
  return Object.fromEntries(
    (Object.keys(low) as (keyof Stage)[]).map((name) => [name, low[name] + share * (high[name] - low[name])]),
  ) as unknown as Stage;
}

function lesionOf(now: Stage): Lesion {
  // Superior, slightly lateral and anterior part of the head: the weight-bearing area.
  const size = Math.hypot(0.25, 1, 0.35), direction = [0.25 / size, -1 / size, -0.35 / size] as const;
  return {
    direction,
    arcDeg: now.arcDeg,
    rimMm: now.rimMm,
    rimDensity: now.rimDensity,
    deadDensity: now.deadDensity,
    cysts: now.cyst > 0.02
      ? CYSTS.map(([x, y, z]) =>
        [direction[0] * DEPTH + x, direction[1] * DEPTH + y, direction[2] * DEPTH + z, now.cyst] as const
      )
      : [],
    crescentMm: now.crescentMm,
    collapseMm: now.collapseMm,
    step: 0.4,
  };
}
