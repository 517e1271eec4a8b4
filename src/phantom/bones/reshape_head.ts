import type { Prng } from "../../array/seeded_prng.ts";
import { HEAD_RADIUS } from "./femur_solid.ts";
import { headDirection, headRadii, RINGS, SPOKES } from "./head_radii.ts";
import type { Solid } from "./solid.ts";

/**
 * Largest height of a reshaped head above its sphere, mm, and the distance from the head's centre beyond which the bone
 * is unchanged, mm.
 */
const MOST_ABOVE = 0.5, UNCHANGED_FROM = 36;

/** A bump or a hollow of the head's surface. */
interface Swelling {
  readonly direction: readonly [number, number, number];
  /** Share of the radius: positive for a bump, negative for a hollow. */
  readonly height: number;
  /** Exponent of the cosine falloff: the larger, the narrower. */
  readonly sharpness: number;
}

/**
 * Changes the shape of a femur's head: smooth bumps and hollows of a few per cent of the radius, and hollows of up to a
 * fifth where the head continues into the neck, as deep as in the seven real femora. Five training femora are too few:
 * a network must read the outline of a real head from the film even if it resembles none of them.
 *
 * @param solid signed distance of a template femur, mm, with the head's centre at the origin
 * @returns the signed distance with the head's surface moved; beyond 36 mm from the centre it is unchanged
 */
export function reshapeHead(solid: Solid, prng: Prng): Solid {
  const swellings: Swelling[] = [];
  for (let i = 0; i < 8; i++) {
    const direction = unit([prng.normal(), prng.normal(), prng.normal()]);
    swellings.push({ direction, height: 0.03 * prng.normal(), sharpness: 2 + 8 * prng() });
  }
  for (let i = 0; i < 2; i++) { // around the border of the neck, which leaves the head distally and laterally
    const turn = 2 * Math.PI * prng(), away = (70 + 50 * prng()) * Math.PI / 180;
    const along = [Math.SQRT1_2, Math.SQRT1_2, 0], up = [Math.SQRT1_2, -Math.SQRT1_2, 0];
    const direction = unit(
      [0, 1, 2].map((k) =>
        Math.cos(away) * along[k] + Math.sin(away) * (Math.cos(turn) * up[k] + (k === 2 ? Math.sin(turn) : 0))
      ),
    );
    swellings.push({ direction, height: -0.2 * prng() ** 1.5, sharpness: 6 + 14 * prng() });
  }
  const scales = surfaceScales(swellings, headRadii(solid));
  return (x, y, z) => {
    const r = Math.hypot(x, y, z);
    if (r >= UNCHANGED_FROM || r < 1e-6) return solid(x, y, z);
    const fade = Math.min(1, (UNCHANGED_FROM - r) / (UNCHANGED_FROM - HEAD_RADIUS - 1));
    const scale = 1 + (scales(x / r, y / r, z / r) - 1) * fade * fade * (3 - 2 * fade);
    return solid(x / scale, y / scale, z / scale);
  };
}

/**
 * Factor by which the distance of the surface from the centre changes in a direction (1 for no change). It is limited
 * so that the surface stays close to the sphere.
 */
function surfaceScales(
  swellings: readonly Swelling[],
  radii: Float32Array,
): (x: number, y: number, z: number) => number {
  const grid = new Float32Array((RINGS + 1) * SPOKES);
  for (let ring = 0, k = 0; ring <= RINGS; ring++) {
    for (let spoke = 0; spoke < SPOKES; spoke++, k++) {
      const own = headDirection(ring, spoke);
      let scale = 1;
      for (const { direction: d, height, sharpness } of swellings) {
        const cos = own[0] * d[0] + own[1] * d[1] + own[2] * d[2];
        scale += height * Math.exp(sharpness * (cos - 1));
      }
      const most = Math.max(1, (HEAD_RADIUS + MOST_ABOVE) / radii[k]);
      grid[k] = Math.min(most, scale);
    }
  }
  return (x, y, z) => {
    const u = Math.min(RINGS - 1e-6, Math.acos(Math.max(-1, Math.min(1, x))) * RINGS / Math.PI);
    const v = (Math.atan2(z, y) / (2 * Math.PI) + 1) % 1 * SPOKES;
    const i = u | 0, j = Math.min(SPOKES - 1, v | 0), next = (j + 1) % SPOKES, a = u - i, b = v - j;
    const row = (ring: number) => grid[ring * SPOKES + j] * (1 - b) + grid[ring * SPOKES + next] * b;
    return row(i) * (1 - a) + row(i + 1) * a;
  };
}

const unit = (v: readonly number[]): [number, number, number] => {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
};
