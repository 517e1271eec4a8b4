import type { Prng } from "../array/seeded_prng.ts";
import { type FilmPool, IMPLANT, LEFT_HEAD, RIGHT_HEAD } from "./film_pool.ts";
import { normaliseFilm } from "./normalise_film.ts";

/** One training example: what the network sees and what it should say. */
export interface FilmExample {
  readonly input: Float32Array; // [2, sizePx, sizePx]
  /** Head, left, implant, inverted. */
  readonly target: Float32Array; // [4, sizePx, sizePx]
}

/** Where a window lies on a pool film and how it is turned. */
interface Pose {
  readonly x: number;
  readonly y: number;
  /** Pool pixels a window pixel, along each axis. */
  readonly stepX: number;
  readonly stepY: number;
  readonly angle: number;
  readonly mirror: boolean;
}

/** A pose of the first pass (the whole film, more or less) or of the second (a window of about nine radii). */
function samplePose(pool: FilmPool, film: number, { prng, sizePx }: { prng: Prng; sizePx: number }): Pose {
  const width = pool.shapes[2 * film], height = pool.shapes[2 * film + 1], long = Math.max(width, height);
  const between = (low: number, high: number) => low + (high - low) * prng();
  const stretch = 1 + 0.05 * prng.normal(), mirror = prng() < 0.5;
  const heads = [0, 1].filter((k) => pool.heads[6 * film + 3 * k + 2] > 0);
  if (prng() < 0.45) {
    const step = long / sizePx * (prng() < 0.3 ? 1 : between(0.6, 1.25));
    const shift = 0.12 * long;
    const x = width / 2 + between(-shift, shift), y = height / 2 + between(-shift, shift);
    return { x, y, stepX: step * stretch, stepY: step, angle: 0.12 * prng.normal(), mirror };
  }
  const at = 6 * film + 3 * (heads.length ? heads[prng.integer(heads.length)] : 0);
  const decoy = heads.length === 0 || prng() < 0.15;
  const radius = heads.length ? pool.heads[at + 2] : long * between(0.04, 0.12);
  const x = decoy ? width * prng() : pool.heads[at] + radius * 0.7 * prng.normal();
  const y = decoy ? height * prng() : pool.heads[at + 1] + radius * 0.7 * prng.normal();
  const step = 9 * radius * Math.exp(0.22 * prng.normal()) / sizePx;
  return { x, y, stepX: step * stretch, stepY: step, angle: 0.2 * prng.normal(), mirror };
}

/** Reads the window: grey values (NaN beyond the film) and labels. */
function sampleWindow(pool: FilmPool, film: number, { pose, sizePx }: { pose: Pose; sizePx: number }) {
  const { sizePx: stride } = pool, start = film * stride * stride;
  const width = pool.shapes[2 * film], height = pool.shapes[2 * film + 1];
  const values = new Float32Array(sizePx * sizePx), labels = new Uint8Array(sizePx * sizePx);
  const cos = Math.cos(pose.angle), sin = Math.sin(pose.angle), flip = pose.mirror ? -1 : 1;
  const taps = Math.max(pose.stepX, pose.stepY) > 1.4 ? 2 : 1;
  for (let row = 0, i = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++, i++) {
      let sum = 0, known = 0;
      for (let tap = 0; tap < taps * taps; tap++) {
        const dx = taps === 1 ? 0 : (tap & 1) * 0.5 - 0.25, dy = taps === 1 ? 0 : (tap >> 1) * 0.5 - 0.25;
        const u = (column - sizePx / 2 + 0.5 + dx) * pose.stepX * flip,
          v = (row - sizePx / 2 + 0.5 + dy) * pose.stepY;
        const x = pose.x + u * cos - v * sin, y = pose.y + u * sin + v * cos;
        const x0 = Math.floor(x), y0 = Math.floor(y);
        if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) continue;
        const at = start + y0 * stride + x0, fx = x - x0, fy = y - y0;
        sum += (pool.pixels[at] * (1 - fx) + pool.pixels[at + 1] * fx) * (1 - fy) +
          (pool.pixels[at + stride] * (1 - fx) + pool.pixels[at + stride + 1] * fx) * fy;
        known++;
        if (tap === 0) labels[i] = pool.labels[start + Math.round(y) * stride + Math.round(x)];
      }
      values[i] = known ? sum / known : NaN;
    }
  }
  return { values, labels };
}

/** Box blur of one radius, three passes along each axis being near enough to a Gaussian; NaN stays out. */
function blur(values: Float32Array, size: number, radius: number): Float32Array {
  let from = values.map((v) => v === v ? v : 0), to = new Float32Array(values.length);
  for (const step of [1, size]) {
    for (let line = 0; line < size; line++) {
      const start = step === 1 ? line * size : line;
      let sum = 0;
      for (let i = -radius; i <= radius; i++) sum += from[start + Math.min(size - 1, Math.max(0, i)) * step];
      for (let i = 0; i < size; i++) {
        to[start + i * step] = sum / (2 * radius + 1);
        sum += from[start + Math.min(size - 1, i + radius + 1) * step] -
          from[start + Math.max(0, i - radius) * step];
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Display processing, exposure and blemishes; changes `values` (0 to 1) in place. */
function degrade(values: Float32Array, size: number, prng: Prng): void {
  const chance = (p: number) => prng() < p;
  if (chance(0.3)) {
    const smooth = blur(values, size, 2 + prng.integer(24)), share = 0.2 + 0.6 * prng();
    for (let i = 0; i < values.length; i++) values[i] -= share * (smooth[i] - 0.5);
  }
  if (chance(0.25)) {
    const smooth = blur(values, size, 1);
    const sharpen = chance(0.5) ? 0.5 + 1.5 * prng() : -1;
    for (let i = 0; i < values.length; i++) values[i] += sharpen * (values[i] - smooth[i]);
  }
  if (chance(0.6)) {
    const gamma = Math.exp(0.4 * prng.normal());
    for (let i = 0; i < values.length; i++) values[i] = Math.pow(Math.max(0, values[i]), gamma);
  }
  if (chance(0.3)) {
    const gx = prng.normal() * 0.3 / size, gy = prng.normal() * 0.3 / size;
    for (let i = 0; i < values.length; i++) values[i] += gx * (i % size) + gy * Math.floor(i / size);
  }
  if (chance(0.25)) { // a window that saturates
    const low = 0.25 * prng(), high = 1 - 0.35 * prng();
    for (let i = 0; i < values.length; i++) {
      if (values[i] === values[i]) values[i] = Math.min(high, Math.max(low, values[i]));
    }
  }
  if (chance(0.5)) {
    const sigma = 0.04 * prng() ** 2;
    for (let i = 0; i < values.length; i++) values[i] += sigma * (prng() + prng() + prng() - 1.5) * 2;
  }
  for (let k = chance(0.2) ? 1 + prng.integer(3) : 0; k > 0; k--) {
    const x0 = prng.integer(size),
      y0 = prng.integer(size),
      w = 4 + prng.integer(size >> 3),
      h = 4 + prng.integer(size >> 3);
    const value = prng();
    for (let y = y0; y < Math.min(size, y0 + h); y++) {
      values.fill(value, y * size + x0, y * size + Math.min(size, x0 + w));
    }
  }
}

/**
 * Draws one training example from a pool film: a whole film or a window round a head (or a decoy), turned, stretched,
 * mirrored (left becomes right), its display processing varied, now and then a negative.
 */
export function augmentFilm(
  pool: FilmPool,
  film: number,
  { prng, sizePx }: { prng: Prng; sizePx: number },
): FilmExample {
  const pose = samplePose(pool, film, { prng, sizePx });
  const { values, labels } = sampleWindow(pool, film, { pose, sizePx });
  for (let i = 0; i < values.length; i++) values[i] /= 255;
  degrade(values, sizePx, prng);
  const inverted = prng() < 0.12;
  if (inverted) { for (let i = 0; i < values.length; i++) values[i] = -values[i]; }
  const n = sizePx * sizePx, target = new Float32Array(4 * n); // [4, sizePx, sizePx]
  const left = pose.mirror ? RIGHT_HEAD : LEFT_HEAD;
  for (let i = 0; i < n; i++) {
    const label = labels[i];
    target[i] = label & (RIGHT_HEAD | LEFT_HEAD) ? 1 : 0;
    target[n + i] = label & left ? 1 : 0;
    target[2 * n + i] = label & IMPLANT ? 1 : 0;
    target[3 * n + i] = inverted ? 1 : 0;
  }
  return { input: normaliseFilm(values, sizePx), target };
}
