import type { Prng } from "../../array/seeded_prng.ts";
import { maxChords } from "./fields.ts";
import { discard, type Sheet, sheet } from "./path_length.ts";

/**
 * Draws marks that human readers leave on images: measuring lines with ticks, circles around heads or elsewhere,
 * arrows, boxes, a ruler at the edge. All marks on a film have the same light or dark grey.
 *
 * @param options.count number of marks
 * @param options.joints centres and radii of the joints that a reader may mark, px
 */
export function drawOnFilm(
  prng: Prng,
  film: Sheet,
  { count, joints }: { count: number; joints: readonly (readonly [number, number, number])[] },
): void {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const { widthPx: w, heightPx: h, values } = film, long = Math.max(w, h), ink = sheet(w, h);
  const thin = Math.max(0.5, u(0.0006, 0.002) * long), grey = u(0, 1) < 0.8 ? u(0.7, 1) : u(0, 0.2);
  const line = (...points: readonly (readonly [number, number])[]) =>
    maxChords(ink, points.map(([x, y]) => [x, y, thin]));
  for (let k = 0; k < count; k++) {
    const joint = joints.length && prng() < 0.5 ? joints[prng.integer(joints.length)] : null;
    const x = joint ? joint[0] + 0.3 * joint[2] * u(-1, 1) : u(0, w), y = joint ? joint[1] : u(0, h);
    const a = u(0, 6.283), cos = Math.cos(a), sin = Math.sin(a), chance = prng();
    if (chance < 0.25) {
      const r = joint ? joint[2] * u(0.85, 1.6) : u(0.01, 0.12) * long;
      line(...Array.from({ length: 33 }, (_, i) => {
        const t = i * Math.PI / 16;
        return [x + r * Math.cos(t), y + r * Math.sin(t)] as const;
      }));
    } else if (chance < 0.55) { // a measured distance or angle
      const r = u(0.05, 0.5) * long, tick = u(0.005, 0.02) * long, ex = x + r * cos, ey = y + r * sin;
      line([x, y], [ex, ey]);
      for (const [px, py] of [[x, y], [ex, ey]]) {
        line([px - tick * sin, py + tick * cos], [px + tick * sin, py - tick * cos]);
      }
      if (prng() < 0.4) line([x, y], [x + r * Math.cos(a + u(0.3, 2)), y + r * Math.sin(a + u(0.3, 2))]);
    } else if (chance < 0.78) { // an arrow
      const r = u(0.03, 0.15) * long, barb = 0.3 * r;
      const ex = x + r * cos, ey = y + r * sin;
      line([x, y], [ex, ey]);
      for (const turn of [-0.5, 0.5]) {
        line([x, y], [x + barb * Math.cos(a + turn), y + barb * Math.sin(a + turn)]);
      }
    } else if (chance < 0.92) { // an empty box
      const bw = u(0.03, 0.25) * w, bh = u(0.03, 0.25) * h;
      line([x, y], [x + bw, y], [x + bw, y + bh], [x, y + bh], [x, y]);
    } else { // a ruler along the side
      const at = (prng() < 0.5 ? u(0.01, 0.06) : u(0.94, 0.99)) * w,
        gap = u(0.01, 0.03) * h,
        top = u(0, 0.3) * h;
      for (let i = 0, ty = top; ty < h * u(0.7, 1) && i < 60; i++, ty += gap) {
        line([at, ty], [at + (i % 5 ? 0.008 : 0.018) * w, ty]);
      }
      line([at, top], [at, h * 0.9]);
    }
  }
  for (let i = 0; i < values.length; i++) {
    const share = ink.values[i];
    if (share > 0) values[i] += (grey - values[i]) * Math.min(1, share);
  }
  discard(ink);
}

/** Draws a thin line of one grey along some edges of the image, as scanners and imaging plates leave it. */
export function drawFrame(prng: Prng, film: Sheet, grey: number): void {
  const { widthPx: w, heightPx: h, values } = film;
  const [l, t, r, b] = Array.from({ length: 4 }, () => prng() < 0.65 ? (0.001 + 0.02 * prng() ** 3) * w : 0);
  for (let y = 0, i = 0; y < h; y++) {
    for (let x = 0; x < w; x++, i++) if (x < l || y < t || x >= w - r || y >= h - b) values[i] = grey;
  }
}
