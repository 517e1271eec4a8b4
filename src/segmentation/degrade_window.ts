import type { Prng } from "../array/seeded_prng.ts";

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

/** White noise drawn small and smoothed: mottle of flesh, bowel and marrow that no phantom draws the way films show it. */
function addMottle(values: Float32Array, size: number, prng: Prng): void {
  const noise = new Float32Array(size * size);
  for (let i = 0; i < noise.length; i++) noise[i] = prng() - 0.5;
  const radius = 1 + prng.integer(prng() < 0.5 ? 3 : 12), smooth = blur(noise, size, radius);
  const amount = 0.16 * prng() ** 2 * (2 * radius + 1); // a mean over k pixels a side is k times quieter
  for (let i = 0; i < values.length; i++) values[i] += amount * smooth[i];
}

/** A fold of skin, a cushion's or a collimator's edge: one side of a gently curved line is brighter, softly or sharply. */
function addEdge(values: Float32Array, size: number, prng: Prng): void {
  const angle = 2 * Math.PI * prng(), cos = Math.cos(angle), sin = Math.sin(angle);
  const offset = (prng() - 0.5) * size, curve = 0.4 * prng.normal() / size;
  const soft = 0.5 + 6 * prng() ** 2, fade = size * (0.05 + prng()), amount = 0.12 * prng.normal();
  for (let i = 0; i < values.length; i++) {
    const x = i % size - size / 2, y = Math.floor(i / size) - size / 2;
    const along = x * cos + y * sin, across = y * cos - x * sin - offset + curve * along * along;
    if (across > -3 * soft) {
      values[i] += amount / (1 + Math.exp(-across / soft)) * Math.exp(-Math.max(0, across) / fade);
    }
  }
}

/** Gas: a few soft dark pockets. */
function addGas(values: Float32Array, size: number, prng: Prng): void {
  for (let k = 1 + prng.integer(6); k > 0; k--) {
    const cx = size * prng(), cy = size * prng(), depth = 0.25 * prng();
    const rx = size * (0.01 + 0.06 * prng()),
      ry = rx * (0.5 + prng()),
      reachX = Math.ceil(1.6 * rx),
      reachY = Math.ceil(1.6 * ry);
    for (let y = Math.max(0, Math.floor(cy - reachY)); y < Math.min(size, cy + reachY); y++) {
      for (let x = Math.max(0, Math.floor(cx - reachX)); x < Math.min(size, cx + reachX); x++) {
        const q = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2;
        values[y * size + x] -= depth / (1 + q * q * q);
      }
    }
  }
}

/**
 * Display processing, exposure and blemishes of a training window, drawn far wider than the phantom draws them: what a
 * network has learnt to overlook here it overlooks on real films.
 *
 * @param values [size, size], 0 to 1, NaN beyond the film; changed in place
 */
export function degradeWindow(values: Float32Array, size: number, prng: Prng): void {
  const chance = (p: number) => prng() < p;
  if (chance(0.35)) addMottle(values, size, prng);
  if (chance(0.3)) addEdge(values, size, prng);
  if (chance(0.2)) addGas(values, size, prng);
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
    const sigma = 0.06 * prng() ** 2;
    for (let i = 0; i < values.length; i++) values[i] += sigma * (prng() + prng() + prng() - 1.5) * 2;
  }
  if (chance(0.08)) { // an export of few greys
    const levels = 10 + prng.integer(50);
    for (let i = 0; i < values.length; i++) values[i] = Math.round(values[i] * levels) / levels;
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
