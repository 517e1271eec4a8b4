import type { Prng } from "../../array/seeded_prng.ts";
import type { Grade } from "../../types.ts";
import type { Lesion } from "./patient.ts";

/**
 * Draws the lesion of a grade (null for grade 0) from the ranges in the table of data/README.md, which says what they
 * are based on. No range was chosen by looking at a distance or a p-value.
 */
export function sampleLesion(prng: Prng, grade: Grade): Lesion | null {
  if (grade === 0) return null;
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const lateral = u(-0.15, 0.5), anterior = u(0.05, 0.75), size = Math.hypot(lateral, 1, anterior);
  const direction = [lateral / size, -1 / size, -anterior / size] as const;
  const arcDeg = grade === 1 ? u(50, 90) : grade === 2 ? u(60, 120) : grade === 3 ? u(75, 130) : u(95, 140);
  const count = grade === 1 ? 0 : Math.floor(u(0, grade === 2 ? 4 : 5));
  const cysts = Array.from({ length: count }, () => {
    const reach = u(0.4, 0.85);
    return [
      direction[0] * reach + u(-0.28, 0.28),
      direction[1] * reach + u(-0.2, 0.25),
      direction[2] * reach + u(-0.28, 0.28),
      u(0.05, grade === 4 ? 0.22 : 0.15),
    ] as const;
  });
  if (grade === 1) {
    // Visible on MRI only: at most a slight increase in density that cannot be distinguished from trabecular texture by
    // eye.
    return {
      direction,
      arcDeg,
      rimMm: u(1, 2),
      rimDensity: u(0, 0.1),
      deadDensity: u(-0.03, 0.03),
      cysts,
      crescentMm: 0,
      collapseMm: 0,
      step: 0,
    };
  }
  return {
    direction,
    arcDeg,
    rimMm: u(1, 3),
    rimDensity: u(0.5, 1.8),
    deadDensity: u(-0.35, 0.5),
    cysts,
    crescentMm: grade === 3 ? (prng() < 0.75 ? u(0.5, 2) : 0) : grade === 4 && prng() < 0.3 ? u(0.5, 1.5) : 0,
    collapseMm: grade === 2 ? 0 : grade === 3 ? (prng() < 0.6 ? u(0.2, 2) : u(2, 4)) : u(4.2, 9),
    step: u(0, 1),
  };
}
