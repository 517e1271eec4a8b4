import type { Prng } from "../../array/seeded_prng.ts";
import { HEAD_RADIUS } from "./femur_solid.ts";
import { headDirection, headRadii, RINGS, SPOKES } from "./head_radii.ts";
import type { Solid } from "./solid.ts";

/**
 * Largest height of a bump above the head's sphere, mm, and the distance from the head's centre beyond which the bone
 * is unchanged, mm.
 */
const MOST_ABOVE = 0.5, UNCHANGED_FROM = 36;

/** Axis of the neck, which leaves the head laterally and distally, and the direction across it to the lower contour. */
const NECK = [Math.SQRT1_2, Math.SQRT1_2, 0], LOWER = [-Math.SQRT1_2, Math.SQRT1_2, 0];

interface Swelling {
  readonly direction: readonly [number, number, number];
  /** Share of the radius: positive for a bump, negative for a hollow. */
  readonly height: number;
  /** Exponent of the cosine falloff: the larger, the narrower. */
  readonly sharpness: number;
}

/** A groove at the lower contour, where the head ends at the neck. */
interface Groove {
  /** Share of the radius, at most 0. */
  readonly height: number;
  /** Angle from the neck's axis to the deepest line, and its width, radians. */
  readonly away: number;
  readonly width: number;
  /** Position around the neck's axis from the lower contour, and extent, radians. */
  readonly turn: number;
  readonly extent: number;
}

/**
 * Changes the shape of a femur's head: smooth bumps and hollows of a few per cent of the radius, two hollows of up to a
 * fifth of the radius at the edge of the cartilage, and a groove of up to 22 % at the lower contour, between head and
 * neck. The seven real femora have hollows of this depth. Five training femora alone are too few: a network could learn
 * their outlines instead of reading the outline from the film.
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
  for (let i = 0; i < 2; i++) { // at the edge of the cartilage
    const turn = 2 * Math.PI * prng(), away = (70 + 50 * prng()) * Math.PI / 180;
    const direction = unit(
      [0, 1, 2].map((k) =>
        Math.cos(away) * NECK[k] +
        Math.sin(away) * (Math.cos(turn) * LOWER[k] + (k === 2 ? Math.sin(turn) : 0))
      ),
    );
    swellings.push({ direction, height: -0.2 * prng() ** 1.5, sharpness: 6 + 14 * prng() });
  }
  const groove: Groove = {
    height: -0.22 * prng(),
    away: (42 + 28 * prng()) * Math.PI / 180,
    width: (7 + 12 * prng()) * Math.PI / 180,
    turn: 0.4 * prng.normal(),
    extent: 0.4 + 0.8 * prng(),
  };
  const scales = reach(swellings, groove, headRadii(solid));
  return (x, y, z) => {
    const r = Math.hypot(x, y, z);
    if (r >= UNCHANGED_FROM || r < 1e-6) return solid(x, y, z);
    const fade = Math.min(1, (UNCHANGED_FROM - r) / (UNCHANGED_FROM - HEAD_RADIUS - 1));
    const scale = 1 + (scales(x / r, y / r, z / r) - 1) * fade * fade * (3 - 2 * fade);
    return solid(x / scale, y / scale, z / scale);
  };
}

/** Factor by which the surface moves in a direction (1 for no change), limited so that no bump exceeds `MOST_ABOVE`. */
function reach(
  swellings: readonly Swelling[],
  groove: Groove,
  radii: Float32Array,
): (x: number, y: number, z: number) => number {
  const grid = new Float32Array((RINGS + 1) * SPOKES);
  for (let ring = 0, k = 0; ring <= RINGS; ring++) {
    for (let spoke = 0; spoke < SPOKES; spoke++, k++) {
      const direction = headDirection(ring, spoke);
      let scale = 1 + depthOf(groove, direction);
      for (const { direction: d, height, sharpness } of swellings) {
        const cos = direction[0] * d[0] + direction[1] * d[1] + direction[2] * d[2];
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

/** Share of the radius by which a groove changes the head in a direction. */
function depthOf({ height, away, width, turn, extent }: Groove, direction: readonly number[]): number {
  const dot = (axis: readonly number[]) => axis.reduce((sum, v, k) => sum + v * direction[k], 0);
  const along = Math.acos(Math.max(-1, Math.min(1, dot(NECK)))),
    around = Math.atan2(direction[2], dot(LOWER));
  return height * Math.exp(-0.5 * (((along - away) / width) ** 2 + ((around - turn) / extent) ** 2));
}
