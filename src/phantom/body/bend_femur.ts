import type { Hip } from "../patient/patient.ts";
import { HEAD_RADIUS } from "../bones/femur_solid.ts";

/** Smooth step from 0 (t <= 0) to 1 (t >= 1). */
const ramp = (t: number) => t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);

/** Unit direction from head to shaft along the neck of the template, in the plane of neck and shaft. */
const NECK = [0.8, 0.6] as const;

/**
 * Moves a point of the template femur, in place, to match the measurements of `hip`: neck length, neck-shaft angle,
 * shaft width and height of the greater trochanter. The head does not move, except where it meets the neck.
 */
export function bendFemur(hip: Hip): (p: Float64Array) => void {
  const { neckStretchMm, neckAngleDeg, shaftScale, trochanterScale } = hip;
  const sin = Math.sin(neckAngleDeg * Math.PI / 180), cos = Math.cos(neckAngleDeg * Math.PI / 180);
  const px = NECK[0] * HEAD_RADIUS * 1.8, py = NECK[1] * HEAD_RADIUS * 1.8;
  return (p) => {
    const along = p[0] * NECK[0] + p[1] * NECK[1];
    if (along < HEAD_RADIUS * 0.5) return;
    const neck = ramp((along - HEAD_RADIUS * 0.7) / (HEAD_RADIUS * 0.8));
    const far = ramp((along - HEAD_RADIUS) / (HEAD_RADIUS * 1.1));
    // The greater trochanter is above and behind the shaft; the shaft's axis is about 45 mm lateral to the head.
    const shaft = ramp((p[1] - 50) / 40), up = ramp((18 - p[1]) / 20) * ramp((p[0] - 30) / 12);
    const width = 1 + (shaftScale - 1) * shaft, tip = 1 + (trochanterScale - 1) * up;
    p[0] = 46 + (p[0] - 46) * width, p[2] *= width;
    p[1] = 14 + (p[1] - 14) * tip;
    p[0] += neck * neckStretchMm * NECK[0], p[1] += neck * neckStretchMm * NECK[1];
    const x = p[0] - px, y = p[1] - py;
    p[0] += far * (x * cos - y * sin - x), p[1] += far * (x * sin + y * cos - y);
  };
}
