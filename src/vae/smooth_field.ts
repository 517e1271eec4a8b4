import type { Prng } from "../array/seeded_prng.ts";

/**
 * A smooth random field: standard normal values on a coarse grid of `knots` x `knots` that spans the whole square, with
 * Catmull-Rom cubic interpolation. The number of bumps along a side is about the number of knots.
 *
 * @returns Standard deviation about 1 at the knots, [sizePx, sizePx].
 */
export function smoothField(sizePx: number, knots: number, prng: Prng): Float32Array {
  const { at, weights } = splineOf(sizePx, knots);
  const rows = new Float32Array(knots * sizePx); // [knots, sizePx]
  const grid = Float32Array.from({ length: knots * knots }, () => prng.normal());
  for (let row = 0; row < knots; row++) {
    for (let x = 0; x < sizePx; x++) {
      let sum = 0;
      for (let tap = 0; tap < 4; tap++) sum += weights[4 * x + tap] * grid[row * knots + at[4 * x + tap]];
      rows[row * sizePx + x] = sum;
    }
  }
  const field = new Float32Array(sizePx * sizePx);
  for (let y = 0; y < sizePx; y++) {
    for (let tap = 0; tap < 4; tap++) {
      const weight = weights[4 * y + tap], from = at[4 * y + tap] * sizePx;
      for (let x = 0; x < sizePx; x++) field[y * sizePx + x] += weight * rows[from + x];
    }
  }
  return field;
}

interface Spline {
  /** The four knots around each pixel; beyond the border, the knot at the border is repeated, [sizePx, 4]. */
  readonly at: Int32Array;
  readonly weights: Float32Array; // [sizePx, 4]
}

const splines = new Map<string, Spline>();

function splineOf(sizePx: number, knots: number): Spline {
  const key = `${sizePx} ${knots}`, known = splines.get(key);
  if (known) return known;
  const at = new Int32Array(4 * sizePx), weights = new Float32Array(4 * sizePx);
  for (let x = 0; x < sizePx; x++) {
    const place = x * (knots - 1) / (sizePx - 1);
    const left = Math.min(knots - 2, Math.floor(place)), t = place - left;
    const taps = [
      -t * (1 - t) ** 2 / 2,
      (2 - 5 * t ** 2 + 3 * t ** 3) / 2,
      t * (1 + 4 * t - 3 * t ** 2) / 2,
      -(t ** 2) * (1 - t) / 2,
    ];
    taps.forEach((weight, tap) => {
      weights[4 * x + tap] = weight;
      at[4 * x + tap] = Math.min(knots - 1, Math.max(0, left - 1 + tap));
    });
  }
  const spline = { at, weights };
  splines.set(key, spline);
  return spline;
}
