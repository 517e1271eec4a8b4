import { HEAD_RADIUS } from "./femur_solid.ts";
import type { Solid } from "./solid.ts";

/**
 * Directions in which heads are measured: rings about the femur's x axis from pole to pole, and spokes around each
 * ring.
 */
export const RINGS = 32, SPOKES = 60;

/** How far a point may be outside the head's sphere and still count as head, mm. */
const ABOVE_SPHERE = 0.6;

/** Unit vector of a ring and a spoke in the femur's frame. */
export function headDirection(ring: number, spoke: number): [number, number, number] {
  const a = Math.PI * ring / RINGS, b = 2 * Math.PI * spoke / SPOKES;
  return [Math.cos(a), Math.sin(a) * Math.cos(b), Math.sin(a) * Math.sin(b)];
}

/**
 * Distance from a template head's centre to its surface in each direction, mm. Where the head continues into the neck,
 * there is no surface, and the distance is the sphere's radius. At the edge of the cartilage, real heads are up to 5 mm
 * inside their sphere.
 */
export function headRadii(solid: Solid): Float32Array { // [RINGS + 1, SPOKES]
  const out = new Float32Array((RINGS + 1) * SPOKES);
  for (let ring = 0, k = 0; ring <= RINGS; ring++) {
    for (let spoke = 0; spoke < SPOKES; spoke++, k++) {
      const [x, y, z] = headDirection(ring, spoke);
      const surface = exit((r) => solid(r * x, r * y, r * z)), above = surface - HEAD_RADIUS;
      // Towards the neck the distance returns to the sphere's radius gradually: no bone has a step there.
      out[k] = above <= ABOVE_SPHERE
        ? surface
        : HEAD_RADIUS + Math.max(0, ABOVE_SPHERE - (above - ABOVE_SPHERE) / 2);
    }
  }
  return out;
}

/** Distance at which a ray from the head's centre leaves the bone, mm, searched up to slightly beyond the sphere. */
function exit(distance: (r: number) => number): number {
  const step = 0.5, end = HEAD_RADIUS + 2.5;
  let r = HEAD_RADIUS / 2, before = distance(r);
  while (r < end) {
    const here = distance(r + step);
    if (here >= 0) return r + step * before / (before - here);
    before = here, r += step;
  }
  return end;
}
