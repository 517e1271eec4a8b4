import type { Prng } from "../../array/seeded_prng.ts";
import { boxBlurred } from "./box_blurred.ts";

/**
 * Adds smoothed white noise: mottle of soft tissue, bowel and marrow, which the phantom does not reproduce
 * realistically.
 */
export function addMottle(values: Float32Array, size: number, prng: Prng): void {
  const noise = new Float32Array(size * size);
  for (let i = 0; i < noise.length; i++) noise[i] = prng() - 0.5;
  const radius = 1 + prng.integer(prng() < 0.5 ? 3 : 12), smooth = boxBlurred(noise, size, radius);
  const amount = 0.16 * prng() ** 2 * (2 * radius + 1); // the mean over k x k pixels has 1/k of the standard deviation
  for (let i = 0; i < values.length; i++) values[i] += amount * smooth[i];
}

/**
 * Adds the edge of a skin fold, cushion or collimator: one side of a slightly curved line is brighter or darker, with
 * a soft or sharp border.
 */
export function addEdge(values: Float32Array, size: number, prng: Prng): void {
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

/** Adds a few soft dark areas, like bowel gas. */
export function addGas(values: Float32Array, size: number, prng: Prng): void {
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

/** Adds boxes, each of one grey value, mostly small, like labels and blacked-out text. */
export function addBoxes(values: Float32Array, size: number, prng: Prng): void {
  for (let k = 1 + prng.integer(3); k > 0; k--) {
    const most = prng() < 0.15 ? size >> 1 : size >> 3;
    const x0 = prng.integer(size), y0 = prng.integer(size);
    const w = 4 + prng.integer(most), h = 4 + prng.integer(most), value = prng();
    for (let y = y0; y < Math.min(size, y0 + h); y++) {
      values.fill(value, y * size + x0, y * size + Math.min(size, x0 + w));
    }
  }
}

/** Adds lines and circles, like those that radiologists draw on a film. */
export function addDrawings(values: Float32Array, size: number, prng: Prng): void {
  const value = prng() < 0.8 ? 0.8 + 0.4 * prng() : -0.1;
  const dot = (x: number, y: number) => {
    const i = Math.round(x), j = Math.round(y);
    if (i >= 0 && j >= 0 && i < size && j < size) values[j * size + i] = value;
  };
  for (let k = 1 + prng.integer(3); k > 0; k--) {
    const x = size * prng(), y = size * prng(), a = 6.283 * prng(), reach = size * (0.05 + 0.5 * prng());
    if (prng() < 0.3) {
      const r = 0.4 * reach, steps = Math.ceil(7 * r);
      for (let i = 0; i < steps; i++) {
        dot(x + r * Math.cos(6.283 * i / steps), y + r * Math.sin(6.283 * i / steps));
      }
    } else for (let t = 0; t < reach; t += 0.7) dot(x + t * Math.cos(a), y + t * Math.sin(a));
  }
}

/** Sets everything beyond up to four straight edges to one grey, like a collimator, a crop or the edge of a plate. */
export function addSurround(values: Float32Array, size: number, prng: Prng): void {
  const grey = prng() < 0.5 ? 0 : prng() < 0.7 ? 1 : prng(), lean = 0.05 * prng.normal();
  const side = () => prng() < 0.4 ? size * 0.3 * prng() ** 2 : -size;
  const [left, top, right, bottom] = [side(), side(), size - side(), size - side()];
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      const u = x + lean * (y - size / 2), v = y - lean * (x - size / 2);
      if ((u < left || u > right || v < top || v > bottom) && values[i] === values[i]) values[i] = grey;
    }
  }
}
