import type { Prng } from "../../array/seeded_prng.ts";
import { discard, type Sheet, sheet } from "../sheet/path_length.ts";
import { maxChord, maxChords } from "../sheet/fields.ts";
import type { FleshGrid } from "./flesh_grid.ts";

/**
 * Changes the thickness of the body at skin folds: the gluteal folds across the thighs, the cleft between the buttocks,
 * the folds of the groin.
 */
export function addCreases(prng: Prng, body: Sheet, { toX, toY }: FleshGrid): void {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const seat = prng() < 0.65 ? u(0, 22) : 0,
    seatY = u(60, 120),
    sag = u(-0.0025, 0.004),
    soft = u(1, 8),
    fade = u(40, 130);
  const tilt = [u(-0.35, 0.3), u(-0.35, 0.3)];
  const cleft = prng() < 0.6 ? u(5, 40) : 0, cleftX = u(-6, 6), thin = u(0.8, 3), cleftY = u(15, 70);
  const groin = prng() < 0.5 ? u(-10, 14) : 0, groinY = u(-10, 40), steep = u(0.5, 1.1), edge = u(1, 6);
  for (let j = 0, i = 0; j < body.heightPx; j++) {
    const y = toY(j);
    for (let k = 0; k < body.widthPx; k++, i++) {
      const t = body.values[i];
      if (t < 20) continue;
      const x = toX(k), ax = Math.abs(x), side = x > 0 ? 1 : 0;
      const fold = seatY + tilt[side] * (ax - 70) + sag * (ax - 70) ** 2, above = fold - y;
      if (above > -4 * soft && ax < 150) {
        body.values[i] += seat / (1 + Math.exp(-above / soft)) * Math.exp(-Math.max(0, above) / fade) *
          Math.min(1, Math.max(0, (150 - ax) / 50));
      }
      if (groin !== 0) { // from the flank down to the symphysis
        const below = y - groinY - 60 + steep * ax;
        body.values[i] += groin / (1 + Math.exp(-below / edge)) * Math.exp(-Math.abs(below) / 45);
      }
      if (cleft > 0 && y > cleftY) {
        const d = (x - cleftX - 0.02 * (y - cleftY)) / (thin + 0.04 * (y - cleftY));
        if (d * d < 9) body.values[i] -= Math.min(0.8 * t, cleft * Math.exp(-d * d));
      }
    }
  }
}

/** Adds the thickness of penis and scrotum between the thighs. */
export function addGenitals(prng: Prng, body: Sheet, { toX, toY, mm }: FleshGrid): void {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng(), part = sheet(body.widthPx, body.heightPx);
  const x0 = toX(0), dx = toX(1) - x0, y0 = toY(0);
  const at = (x: number, y: number, r: number) => [(x - x0) / dx, (y - y0) / mm, r / mm];
  const aside = u(-22, 22), root = u(48, 75), long = u(35, 80), thick = u(11, 17);
  maxChords(part, [
    at(aside * 0.2, root, thick),
    at(aside * 0.6, root + long * 0.6, thick),
    at(aside, root + long, thick * 0.95),
  ]);
  const low = root + u(25, 55);
  for (const side of [-1, 1]) {
    const x = side * u(10, 19) + 0.3 * aside, r = u(16, 26);
    maxChord(part, at(x, low - u(5, 20), r * 0.8), at(x + u(-4, 4), low + u(0, 14), r));
  }
  for (let i = 0; i < part.values.length; i++) if (part.values[i] > 0) body.values[i] += part.values[i] * mm;
  discard(part);
}
