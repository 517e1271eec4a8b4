import type { Prng } from "../../array/seeded_prng.ts";
import { orderStatistics } from "../../array/order_statistics.ts";
import { equaliseLocally } from "../../image/equalise_locally.ts";
import { jpegBlocks } from "../../image/jpeg_blocks.ts";
import { boxBlurred } from "./box_blurred.ts";
import { applyTone } from "../view/film_view.ts";
import { addBoxes, addDrawings, addEdge, addGas, addMottle, addSurround } from "./window_blemishes.ts";

/**
 * Varies display processing, exposure and artefacts of a training window far more than the phantom does, so that the
 * network learns to ignore such differences on real films.
 *
 * @param values [size, size], 0 to 1, NaN beyond the film; changed in place, afterwards not limited to 0 to 1
 */
export function degradeWindow(values: Float32Array, size: number, prng: Prng): void {
  const chance = (p: number) => prng() < p;
  if (chance(0.35)) addMottle(values, size, prng);
  if (chance(0.3)) addEdge(values, size, prng);
  if (chance(0.2)) addGas(values, size, prng);
  if (chance(0.3)) {
    const gx = prng.normal() * 0.3 / size, gy = prng.normal() * 0.3 / size;
    for (let i = 0; i < values.length; i++) values[i] += gx * (i % size) + gy * Math.floor(i / size);
  }
  if (chance(0.85)) process(values, size, prng);
  if (chance(0.25)) spoil(values, size, prng);
  if (chance(0.5)) {
    const sigma = 0.06 * prng() ** 2;
    for (let i = 0; i < values.length; i++) values[i] += sigma * (prng() + prng() + prng() - 1.5) * 2;
  }
  if (chance(0.08)) { // exported with few grey levels
    const levels = 10 + prng.integer(50);
    for (let i = 0; i < values.length; i++) values[i] = Math.round(values[i] * levels) / levels;
  }
  if (chance(0.12)) addSurround(values, size, prng);
  if (chance(0.2)) addBoxes(values, size, prng);
  if (chance(0.12)) addDrawings(values, size, prng);
}

/** Frequency processing and tone curves, as set by manufacturers and viewers. */
function process(values: Float32Array, size: number, prng: Prng): void {
  const chance = (p: number) => prng() < p;
  if (chance(0.35)) { // low frequencies reduced, sometimes amplified
    const smooth = boxBlurred(values, size, 2 + prng.integer(30)),
      share = chance(0.8) ? 0.85 * prng() : -0.6 * prng();
    for (let i = 0; i < values.length; i++) values[i] -= share * (smooth[i] - 0.5);
  }
  if (chance(0.3)) { // edges sharpened or blurred
    const smooth = boxBlurred(values, size, 1 + Math.floor(4 * prng() ** 2));
    const sharpen = chance(0.65) ? 0.3 + 2 * prng() : -0.4 - 0.6 * prng();
    for (let i = 0; i < values.length; i++) values[i] += sharpen * (values[i] - smooth[i]);
  }
  if (chance(0.6)) {
    const gamma = Math.exp(0.38 * prng.normal());
    for (let i = 0; i < values.length; i++) values[i] = Math.pow(Math.max(0, values[i]), gamma);
  }
  if (chance(0.15)) {
    stretch(values);
    const slope = 3 + 7 * prng(), middle = 0.3 + 0.4 * prng();
    for (let i = 0; i < values.length; i++) values[i] = 1 / (1 + Math.exp(slope * (middle - values[i])));
  }
  if (chance(0.12)) {
    stretch(values);
    const tilePx = chance(0.4) ? 2 * size : size * (0.12 + 0.4 * prng());
    const clip = 1.5 + 6 * prng(), share = 0.4 + 0.6 * prng();
    equaliseLocally(values, { widthPx: size, heightPx: size, tilePx, clip, share });
  }
  if (chance(0.18)) { // histogram equalisation
    stretch(values);
    applyTone(values, (i) => values[i] === values[i], { equalise: true });
  }
  if (chance(0.45)) saturate(values, prng);
}

/** Clips the grey values to a range, given by two values or by two quantiles of the pixels. */
function saturate(values: Float32Array, prng: Prng): void {
  let low = 0.3 * prng(), high = 1 - 0.4 * prng();
  if (prng() < 0.5) {
    const some = values.filter((v, i) => i % 7 === 0 && v === v), last = some.length - 1;
    if (last < 1) return;
    [low, high] = orderStatistics(some, [low, 0.1 + 0.9 * high].map((q) => Math.round(q * last)));
  }
  for (let i = 0; i < values.length; i++) {
    if (values[i] === values[i]) values[i] = Math.min(high, Math.max(low, values[i]));
  }
}

/** Loss of detail: at random reduced and enlarged again, compressed as JPEG (quality 12 to 81), both, or neither. */
function spoil(values: Float32Array, size: number, prng: Prng): void {
  if (prng() < 0.5) coarsen(values, size, 1.3 + 1.9 * prng());
  if (prng() < 0.7) {
    stretch(values);
    jpegBlocks(values, { widthPx: size, heightPx: size, quality: 12 + prng.integer(70) });
  }
}

/** Resamples on a grid `times` coarser, then interpolates. */
function coarsen(values: Float32Array, size: number, times: number): void {
  const n = Math.floor(size / times) + 2, few = new Float32Array(n * n), known = boxBlurred(values, size, 1);
  for (let y = 0; y < n; y++) {
    const row = Math.min(size - 1, Math.round(y * times)) * size;
    for (let x = 0; x < n; x++) few[y * n + x] = known[row + Math.min(size - 1, Math.round(x * times))];
  }
  for (let y = 0, i = 0; y < size; y++) {
    const v = y / times, j = Math.floor(v), b = v - j;
    for (let x = 0; x < size; x++, i++) {
      if (values[i] !== values[i]) continue;
      const u = x / times, k = Math.floor(u), a = u - k, at = j * n + k;
      const top = few[at] + (few[at + 1] - few[at]) * a,
        low = few[at + n] + (few[at + n + 1] - few[at + n]) * a;
      values[i] = top + (low - top) * b;
    }
  }
}

/** Scales the darkest value to 0 and the brightest to 1. */
function stretch(values: Float32Array): void {
  let low = Infinity, high = -Infinity;
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const scale = high > low ? 1 / (high - low) : 0;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - low) * scale;
}
