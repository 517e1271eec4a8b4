import type { Carrier } from "../patient/patient.ts";

/**
 * Map between an image that was passed on (scanned, photographed, cropped) and the original film, in both directions.
 * Units are pixels, with centres at integers.
 */
export interface PictureMap {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Image to film: a homography, row by row. */
  readonly toFilm: readonly number[]; // [9]
  /** Film to image, the inverse of `toFilm`. */
  readonly toPicture: readonly number[]; // [9]
}

/** Applies a homography to a point. */
export function through(m: readonly number[], x: number, y: number): [number, number] {
  const w = m[6] * x + m[7] * y + m[8];
  return [(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w];
}

/** Factor by which a homography scales the area of a small patch at (x, y). */
export function areaScale(m: readonly number[], x: number, y: number): number {
  const det = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6]);
  return Math.abs(det / (m[6] * x + m[7] * y + m[8]) ** 3);
}

/**
 * The rotation, crop and camera tilt that `carrier` applies to a film of this size; null if it applies none of them.
 */
export function pictureMap(
  { turnDeg, crop, corners }: Carrier,
  { widthPx: w, heightPx: h }: { widthPx: number; heightPx: number },
): PictureMap | null {
  if (turnDeg === 0 && crop.every((v) => v === 0) && corners.every((v) => v === 0)) return null;
  const [l, t, r, b] = crop, a = turnDeg * Math.PI / 180, cos = Math.cos(a), sin = Math.sin(a);
  const square = [[l, t], [1 - r, t], [1 - r, 1 - b], [l, 1 - b]].map(([x, y], i) => {
    const dx = (x - 0.5 + corners[2 * i]) * w, dy = (y - 0.5 + corners[2 * i + 1]) * h;
    return [w / 2 + dx * cos - dy * sin - 0.5, h / 2 + dx * sin + dy * cos - 0.5];
  });
  const m = squareToQuad(square as [number, number][]);
  // `toFilm` maps pixels of the image to the unit square, and the unit square to the film.
  const toFilm = [0, 3, 6].flatMap((k) => [
    m[k] / w,
    m[k + 1] / h,
    m[k + 2] + 0.5 * (m[k] / w + m[k + 1] / h),
  ]);
  return { widthPx: w, heightPx: h, toFilm, toPicture: inverse(toFilm) };
}

/**
 * The homography from the unit square to four points, in the order (0,0), (1,0), (1,1), (0,1) (Heckbert 1989,
 * Fundamentals of Texture Mapping and Image Warping).
 */
function squareToQuad([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: readonly (readonly [number, number])[]) {
  const dx1 = x1 - x2, dx2 = x3 - x2, sx = x0 - x1 + x2 - x3;
  const dy1 = y1 - y2, dy2 = y3 - y2, sy = y0 - y1 + y2 - y3, det = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / det, h = (dx1 * sy - sx * dy1) / det;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

function inverse([a, b, c, d, e, f, g, h, i]: readonly number[]): number[] {
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ].map((v) => v / det);
}
