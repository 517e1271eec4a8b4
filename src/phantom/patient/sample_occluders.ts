import type { Draw } from "./draws.ts";
import type { Occluders } from "./patient.ts";

/**
 * Draws what overlies the bones: gas, stool, bladder, skin folds, shields, metal, clothing, calcified vessels.
 *
 * @param wild strength of the difficulties, as in `sampleDressing`
 */
export function sampleOccluders(
  d: Draw,
  wild: number,
  { sex, age }: { sex: "F" | "M"; age: number },
): Occluders {
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
    bladder: d.p(0.5) ? d.u(0.1, 1) : 0,
    phleboliths: d.p(0.35) ? 1 + d.prng.integer(6) : 0,
    arteries: d.p(age > 60 ? 0.25 : 0.03) ? d.u(0.2, 1) : 0,
  };
}
