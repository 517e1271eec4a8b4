import type { Prng } from "../../array/seeded_prng.ts";

/**
 * A smooth random displacement of space: three long waves per axis, with random amplitudes of standard deviation
 * `sizeMm`.
 */
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
  const flat = Float64Array.from(waves.flat()); // [9, 5]
  return (x, y, z, out) => {
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0;
      for (let i = axis * 15, end = i + 15; i < end; i += 5) {
        // A parabola replaces the sine: smooth enough, and faster.
        const turns = (flat[i] * x + flat[i + 1] * y + flat[i + 2] * z + flat[i + 3]) * 0.15915494309189535;
        const t = 2 * (turns - Math.floor(turns)) - 1;
        sum += flat[i + 4] * 4 * t * (t < 0 ? 1 + t : 1 - t);
      }
      out[axis] = sum;
    }
  };
}
