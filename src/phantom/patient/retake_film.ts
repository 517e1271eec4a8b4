import type { Prng } from "../../array/seeded_prng.ts";
import type { Hip, Patient } from "./patient.ts";

/** What differs between two films of the same patient with unchanged bones and lesions. */
export type Retake = "exposure" | "pose" | "bit depth" | "all";
/** Every kind of retake. */
export const RETAKES: readonly Retake[] = ["exposure", "pose", "bit depth", "all"];

/** Films of 8 bits are retaken with 12, all others with 8. */
const FEW_BITS = 8, MANY_BITS = 12;

/**
 * The same patient with the same bones and lesions, filmed again. `exposure` changes dose, tube voltage, scatter,
 * window and the exponent of the tone curve. `pose` slightly changes tilt, rotation, obliquity and centring of the
 * pelvis and rotation and abduction of the legs; the amounts are assumed, for a careful radiographer. `bit depth`
 * changes the number of bits, and `all` changes all three.
 */
export function retakeFilm(patient: Patient, { change, prng }: { change: Retake; prng: Prng }): Patient {
  const some = (what: Retake) => change === what || change === "all";
  const exposed = some("exposure") ? otherExposure(patient, prng) : patient;
  const posed = some("pose") ? otherPose(exposed, prng) : exposed;
  if (!some("bit depth")) return posed;
  const bits = posed.processing.bits === FEW_BITS ? MANY_BITS : FEW_BITS;
  return { ...posed, processing: { ...posed.processing, bits } };
}

function otherExposure(patient: Patient, prng: Prng): Patient {
  const { processing } = patient,
    within = (low: number, v: number, high: number) => Math.max(low, Math.min(high, v));
  return {
    ...patient,
    processing: {
      ...processing,
      exposure: processing.exposure * 2 ** prng.normal(), // standard deviation: one stop
      kiloVolt: within(60, processing.kiloVolt + 3 * prng.normal(), 90),
      scatter: within(0.02, processing.scatter + 0.05 * prng.normal(), 1),
      gain: processing.gain * Math.exp(0.1 * prng.normal()),
      lowQuantile: within(0.001, processing.lowQuantile + 0.01 * prng.normal(), 0.2),
      headroom: within(0, processing.headroom + 0.05 * prng.normal(), 0.5),
    },
  };
}

function otherPose(patient: Patient, prng: Prng): Patient {
  const { view } = patient;
  const turned = (hip: Hip): Hip => ({
    ...hip,
    rotationDeg: hip.rotationDeg + 4 * prng.normal(),
    abductionDeg: hip.abductionDeg + 2 * prng.normal(),
  });
  return {
    ...patient,
    hips: [turned(patient.hips[0]), turned(patient.hips[1])],
    view: {
      ...view,
      tiltDeg: view.tiltDeg + 2 * prng.normal(),
      turnDeg: view.turnDeg + prng.normal(),
      obliquityDeg: view.obliquityDeg + prng.normal(),
      centerMm: [view.centerMm[0] + 5 * prng.normal(), view.centerMm[1] + 8 * prng.normal()],
    },
  };
}
