import type { Prng } from "../../array/seeded_prng.ts";
import { discard, type Sheet, sheet } from "./path_length.ts";

/** Resamples a sheet to the size of `target` by bilinear interpolation, multiplies it by `weight` and adds it. */
export function addEnlarged(target: Sheet, small: Sheet, weight = 1): void {
  const { widthPx: w, heightPx: h, values: out } = target, { widthPx: sw, heightPx: sh, values: v } = small;
  const kx = sw / w, ky = sh / h;
  const xs = new Int32Array(w), fx = new Float32Array(w);
  for (let x = 0; x < w; x++) {
    const sx = Math.max(0, Math.min(sw - 1.001, (x + 0.5) * kx - 0.5));
    xs[x] = sx | 0, fx[x] = sx - xs[x];
  }
  const row = new Float32Array(sw + 1);
  for (let y = 0, i = 0; y < h; y++) {
    const sy = Math.max(0, Math.min(sh - 1.001, (y + 0.5) * ky - 0.5)), j = sy | 0, f = sy - j;
    for (let x = 0; x < sw; x++) row[x] = weight * (v[j * sw + x] * (1 - f) + v[(j + 1) * sw + x] * f);
    row[sw] = row[sw - 1];
    for (let x = 0; x < w; x++, i++) {
      const k = xs[x];
      out[i] += row[k] + (row[k + 1] - row[k]) * fx[x];
    }
  }
}

/** Reduces a sheet by a whole factor, by averaging; the result has at least 2 x 2 pixels. */
export function shrunk(from: Sheet, step: number): Sheet {
  const w = Math.max(2, Math.ceil(from.widthPx / step)), h = Math.max(2, Math.ceil(from.heightPx / step));
  const out = sheet(w, h);
  for (let y = 0; y < h; y++) {
    const y0 = Math.min(from.heightPx - 1, y * step), y1 = Math.min(from.heightPx, y0 + step);
    for (let x = 0; x < w; x++) {
      const x0 = Math.min(from.widthPx - 1, x * step), x1 = Math.min(from.widthPx, x0 + step);
      let sum = 0;
      for (let j = y0; j < y1; j++) {
        for (let i = j * from.widthPx + x0, e = j * from.widthPx + x1; i < e; i++) {
          sum += from.values[i];
        }
      }
      out.values[y * w + x] = sum / ((y1 - y0) * (x1 - x0));
    }
  }
  return out;
}

/**
 * Blurs in place, approximately with a Gaussian of `sigmaPx`: by three running means, with edge pixels repeated, from
 * 1.6 px; by a kernel of up to 5 x 5 pixels below that; not at all below 0.15 px.
 */
export function blur(image: Sheet, sigmaPx: number): void {
  const { widthPx: w, heightPx: h, values } = image;
  if (sigmaPx < 0.15) return;
  if (sigmaPx < 1.6) return blurShort(image, sigmaPx);
  const radius = Math.max(1, Math.round((Math.sqrt(4 * sigmaPx * sigmaPx + 1) - 1) / 2));
  const line = new Float32Array(Math.max(w, h));
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < h; y++) runningMean(values, { start: y * w, n: w, radius, line });
    columnMeans(image, radius);
  }
}

function runningMean(
  v: Float32Array,
  { start, n, radius, line }: { start: number; n: number; radius: number; line: Float32Array },
): void {
  const scale = 1 / (2 * radius + 1), end = start + n - 1;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += v[Math.max(start, Math.min(end, start + i))];
  let i = start;
  const slide = (stop: number) => {
    for (; i < stop; i++) {
      line[i - start] = sum * scale;
      sum += v[Math.min(end, i + radius + 1)] - v[Math.max(start, i - radius)];
    }
  };
  slide(Math.min(end + 1, start + radius));
  for (const stop = end - radius; i < stop; i++) { // both ends of the window are inside the line
    line[i - start] = sum * scale;
    sum += v[i + radius + 1] - v[i - radius];
  }
  slide(end + 1);
  v.set(line.subarray(0, n), start);
}

function columnMeans({ widthPx: w, heightPx: h, values }: Sheet, radius: number): void {
  const sum = new Float32Array(w), out = new Float32Array(w * h), scale = 1 / (2 * radius + 1);
  for (let j = -radius; j <= radius; j++) {
    const r = Math.max(0, Math.min(h - 1, j)) * w;
    for (let x = 0; x < w; x++) sum[x] += values[r + x];
  }
  for (let y = 0; y < h; y++) {
    const add = Math.min(h - 1, y + radius + 1) * w, drop = Math.max(0, y - radius) * w, o = y * w;
    for (let x = 0; x < w; x++) {
      out[o + x] = sum[x] * scale;
      sum[x] += values[add + x] - values[drop + x];
    }
  }
  values.set(out);
}

function blurShort({ widthPx: w, heightPx: h, values }: Sheet, sigma: number): void {
  const a = Math.exp(-0.5 / (sigma * sigma)), b = sigma > 0.8 ? Math.exp(-2 / (sigma * sigma)) : 0;
  const k0 = 1 / (1 + 2 * a + 2 * b), k1 = a * k0, k2 = b * k0;
  const ring = Array.from({ length: 5 }, () => new Float32Array(w));
  const filter = (y: number, line: Float32Array) => {
    const o = Math.max(0, Math.min(h - 1, y)) * w;
    if (k2 === 0) {
      for (let x = 2, i = o + 2; x < w - 2; x++, i++) {
        line[x] = k0 * values[i] + k1 * (values[i - 1] + values[i + 1]);
      }
    } else {
      for (let x = 2, i = o + 2; x < w - 2; x++, i++) {
        line[x] = k0 * values[i] + k1 * (values[i - 1] + values[i + 1]) +
          k2 * (values[i - 2] + values[i + 2]);
      }
    }
    for (const x of [0, 1, w - 2, w - 1]) line[x] = values[o + x];
  };
  for (let y = -2; y < 2; y++) filter(y, ring[(y + 5) % 5]);
  for (let y = 0; y < h; y++) {
    filter(y + 2, ring[(y + 2) % 5]);
    const [p, q, r, s, t] = [
      ring[(y + 3) % 5],
      ring[(y + 4) % 5],
      ring[y % 5],
      ring[(y + 1) % 5],
      ring[(y + 2) % 5],
    ];
    if (k2 === 0) {
      for (let x = 0, i = y * w; x < w; x++, i++) values[i] = k0 * r[x] + k1 * (q[x] + s[x]);
    } else {
      for (let x = 0, i = y * w; x < w; x++, i++) {
        values[i] = k0 * r[x] + k1 * (q[x] + s[x]) + k2 * (p[x] + t[x]);
      }
    }
  }
}

/** A smooth random field, approximately standard normal, with bumps `cellPx` wide. */
export function landscape(
  prng: Prng,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  cellPx: number,
): Sheet {
  const w = Math.max(3, Math.ceil(widthPx / cellPx) + 2), h = Math.max(3, Math.ceil(heightPx / cellPx) + 2);
  const seeds = sheet(w, h);
  for (let i = 0; i < w * h; i++) seeds.values[i] = 1.45 * prng.normal();
  const out = sheet(widthPx, heightPx);
  addEnlarged(out, seeds);
  if (cellPx > 3) blur(out, cellPx / 3);
  discard(seeds);
  return out;
}

/**
 * Writes the chord lengths of a rounded cone into a sheet where they exceed the present value. The cone's
 * ends are [x, y, radius]; units are pixels.
 */
export function maxChord(
  { widthPx: w, heightPx: h, values }: Sheet,
  [ax, ay, ra]: readonly number[],
  [bx, by, rb]: readonly number[],
): void {
  const m = Math.max(ra, rb) + 1;
  const x0 = Math.max(0, Math.floor(Math.min(ax, bx) - m)),
    x1 = Math.min(w - 1, Math.ceil(Math.max(ax, bx) + m));
  const y0 = Math.max(0, Math.floor(Math.min(ay, by) - m)),
    y1 = Math.min(h - 1, Math.ceil(Math.max(ay, by) + m));
  const dx = bx - ax, dy = by - ay, inv = 1 / (dx * dx + dy * dy + 1e-9);
  for (let y = y0; y <= y1; y++) {
    const py = y - ay;
    for (let x = x0, i = y * w + x0; x <= x1; x++, i++) {
      const px = x - ax;
      let t = (px * dx + py * dy) * inv;
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      const ex = px - t * dx, ey = py - t * dy, r = ra + t * (rb - ra);
      const q = r * r - ex * ex - ey * ey;
      if (q > 0) {
        const c = 2 * Math.sqrt(q);
        if (c > values[i]) values[i] = c;
      }
    }
  }
}

/** `maxChord` for each segment of a polyline with points [x, y, radius], px. */
export function maxChords(target: Sheet, nodes: readonly (readonly number[])[]): void {
  for (let i = 0; i + 1 < nodes.length; i++) maxChord(target, nodes[i], nodes[i + 1]);
}
