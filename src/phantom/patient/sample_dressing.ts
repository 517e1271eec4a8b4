import type { Draw } from "./draws.ts";
import type { Dressing } from "./patient.ts";

/**
 * Draws collimator, surround, markers, burnt-in text and readers' drawings at random.
 *
 * @param wild strength of the difficulties: 0 for the setting `paper`, 1 for `hard`, 1.2 for `training`
 */
export function sampleDressing(d: Draw, wild: number): Dressing {
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
    drawings: d.p(0.15 * wild) ? 1 + d.prng.integer(4) : 0,
    frame: d.p(0.04 + 0.12 * wild) ? d.pick([0, 1, 1, 0.9]) : null,
  };
}
