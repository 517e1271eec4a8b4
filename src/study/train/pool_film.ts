import { resize } from "../../image/resize.ts";
import type { BoxedMask } from "../../masks/boxed_mask.ts";
import { type FilmPool, LEFT_HEAD, RIGHT_HEAD } from "../../segmentation/training/film_pool.ts";
import { fitCircle } from "../../segmentation/outline/fit_circle.ts";
import { outlinePoints } from "../../segmentation/outline/surface_distance.ts";
import type { GreyValues, Radiograph } from "../../types.ts";

/** Reference outline and side of a head. */
export interface OutlinedHead extends BoxedMask {
  readonly side: "right" | "left";
}

/** Quantiles of a film's values that become 0 and 255 in the pool. */
const CUTS = [0.001, 0.999] as const;
/**
 * A head of which a smaller share is on the film is still labelled, but no training window is centred on it. The share
 * is the area of its outline relative to that of the fitted circle.
 */
const LEAST_FULLNESS = 0.5;

/**
 * Writes a film and the outlines of its heads to place `at` of a pool. A film that is larger than the pool's `sizePx`
 * is downsampled.
 */
export function poolFilm(
  pool: FilmPool,
  { at, film, heads }: { at: number; film: Radiograph; heads: readonly OutlinedHead[] },
): void {
  const { sizePx } = pool, shrink = Math.min(1, sizePx / Math.max(film.widthPx, film.heightPx));
  const widthPx = Math.max(1, Math.round(film.widthPx * shrink));
  const heightPx = Math.max(1, Math.round(film.heightPx * shrink));
  const start = at * sizePx * sizePx;
  const place = (i: number) => start + Math.floor(i / widthPx) * sizePx + i % widthPx;
  const small = (pixels: GreyValues) =>
    resize({ kind: "grey-image", widthPx: film.widthPx, heightPx: film.heightPx, pixels }, {
      widthPx,
      heightPx,
    })
      .pixels; // [heightPx, widthPx]
  pool.shapes.set([widthPx, heightPx], 2 * at);
  toBytes(small(film.pixels)).forEach((grey, i) => pool.pixels[place(i)] = grey);
  heads.forEach((head, k) => {
    const bit = head.side === "left" ? LEFT_HEAD : RIGHT_HEAD;
    small(onFilm(head, film)).forEach((share, i) => {
      if (share >= 0.5) pool.labels[place(i)] |= bit;
    });
    const circle = visibleCircle(head);
    if (circle) {
      pool.heads.set(circle.map((v, i) => i < 2 ? (v + 0.5) * shrink - 0.5 : v * shrink), 6 * at + 3 * k);
    }
  });
}

/** Scales the values between the quantiles of `CUTS` to 0 to 255; values beyond them become 0 or 255. */
function toBytes(values: Float32Array): Uint8Array {
  const sorted = values.slice().sort();
  const [low, high] = CUTS.map((q) => sorted[Math.round(q * (sorted.length - 1))]);
  const scale = high > low ? 255 / (high - low) : 0;
  return Uint8Array.from(values, (v) => Math.round(Math.min(255, Math.max(0, (v - low) * scale))));
}

function onFilm({ boxPx, mask }: BoxedMask, { widthPx, heightPx }: Radiograph): Float32Array {
  const bits = new Float32Array(widthPx * heightPx); // [heightPx, widthPx]
  for (let y = 0; y < boxPx.height; y++) {
    for (let x = 0; x < boxPx.width; x++) {
      if (mask[y * boxPx.width + x]) bits[(boxPx.y + y) * widthPx + boxPx.x + x] = 1;
    }
  }
  return bits;
}

/** Centre and radius, in film pixels, of a head that is mostly on the film; otherwise null. */
function visibleCircle(head: BoxedMask): [x: number, y: number, radius: number] | null {
  const points = outlinePoints(head), { width, height } = head.boxPx;
  if (points.length < 16 || Math.min(width, height) < 2) return null; // a line has no circle
  const { centerPx: [x, y], radiusPx } = fitCircle(points);
  const area = head.mask.reduce((sum, bit) => sum + bit, 0);
  return area >= LEAST_FULLNESS * Math.PI * radiusPx ** 2 ? [x, y, radiusPx] : null;
}
