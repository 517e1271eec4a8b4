import type { Prng } from "../array/seeded_prng.ts";

/** A smooth random displacement of space: three long waves an axis, `sizeMm` each. */
export function wobble(
  prng: Prng,
  sizeMm: number,
): (x: number, y: number, z: number, out: Float64Array) => void {
  const waves = Array.from({ length: 9 }, () => {
    const length = 2 * Math.PI / (80 + 140 * prng());
    const v = [prng.normal(), prng.normal(), prng.normal()], size = Math.hypot(v[0], v[1], v[2]) + 1e-9;
    return [
      v[0] / size * length,
      v[1] / size * length,
      v[2] / size * length,
      6.283 * prng(),
      sizeMm * prng.normal(),
    ];
  });
  return (x, y, z, out) => {
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0;
      for (let i = axis * 3; i < axis * 3 + 3; i++) {
        const w = waves[i];
        sum += w[4] * Math.sin(w[0] * x + w[1] * y + w[2] * z + w[3]);
      }
      out[axis] = sum;
    }
  };
}
