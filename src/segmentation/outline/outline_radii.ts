import type { BoxedMask } from "../../masks/boxed_mask.ts";

/** Options of {@linkcode outlineRadii}. */
export interface OutlineRadiiOptions {
  /** Where the rays start, film pixels. */
  centerPx: readonly [number, number];
  /** Unit of the result, film pixels, > 0. */
  radiusPx: number;
  /** Whether to swap left and right, as in the crop of a head that `looksLeft`. @default {false} */
  mirror?: boolean;
  /** Number of rays, evenly spaced. @default {72} */
  rays?: number;
}

/** Step along a ray, pixels: finer than the resolution of a pixel mask. */
const STEP_PX = 0.25;

/**
 * An outline as the lengths of rays from a centre to the farthest pixel of the mask, in units of `radiusPx`. The first
 * ray points to the right of the image; the following ones turn clockwise (with `mirror`: to the left, and
 * counterclockwise). A ray that meets no pixel is 0.
 * Gaps between the centre and the farthest pixel are ignored, which is sufficient for the outline of a head.
 *
 * @throws {RangeError} if the centre or radius is not finite, or the radius is not above 0.
 */
export function outlineRadii(
  { boxPx, mask }: BoxedMask,
  { centerPx, radiusPx, mirror = false, rays = 72 }: OutlineRadiiOptions,
): Float64Array { // [rays]
  if (!centerPx.every(Number.isFinite) || !(radiusPx > 0 && Number.isFinite(radiusPx))) {
    throw new RangeError(
      `Cannot measure an outline: a finite centre and a radius above 0 are needed, got ${centerPx} and ${radiusPx}`,
    );
  }
  const [cx, cy] = [centerPx[0] - boxPx.x, centerPx[1] - boxPx.y];
  const reach = Math.hypot(
    Math.max(Math.abs(cx), Math.abs(boxPx.width - cx)),
    Math.max(Math.abs(cy), Math.abs(boxPx.height - cy)),
  );
  const inside = (x: number, y: number) => {
    const [column, row] = [Math.round(x), Math.round(y)];
    if (column < 0 || row < 0 || column >= boxPx.width || row >= boxPx.height) return false;
    return mask[row * boxPx.width + column] > 0;
  };
  return Float64Array.from({ length: rays }, (_, k) => {
    const angle = 2 * Math.PI * k / rays;
    const [dx, dy] = [(mirror ? -1 : 1) * Math.cos(angle), Math.sin(angle)];
    for (let length = reach; length > 0; length -= STEP_PX) {
      if (inside(cx + length * dx, cy + length * dy)) return length / radiusPx;
    }
    return 0;
  });
}
