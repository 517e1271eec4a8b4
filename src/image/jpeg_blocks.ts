/** Quantisation table for luminance at quality 50, row by row (ITU-T T.81, table K.1). */
// deno-fmt-ignore
const TABLE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
  49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/** Matrix of the orthonormal eight-point cosine transform, row by row. */
const COSINES = Float64Array.from(
  { length: 64 },
  (_, i) => Math.cos((2 * (i & 7) + 1) * (i >> 3) * Math.PI / 16) * (i < 8 ? Math.SQRT1_2 : 1) / 2,
);

/**
 * Applies the loss of baseline JPEG to grey values without writing a file: 8 x 8 blocks, cosine transform,
 * coefficients quantised for `quality` (1 to 100, libjpeg's scale). In place.
 *
 * @param values [heightPx, widthPx], 0 to 1; NaN stays NaN and is treated as black.
 */
export function jpegBlocks(
  values: Float32Array,
  { widthPx, heightPx, quality }: { widthPx: number; heightPx: number; quality: number },
): void {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const steps = TABLE.map((v) => Math.max(1, Math.min(255, Math.floor((v * scale + 50) / 100))));
  const block = new Float64Array(64), half = new Float64Array(64);
  for (let y0 = 0; y0 < heightPx; y0 += 8) {
    const rows = Math.min(8, heightPx - y0);
    for (let x0 = 0; x0 < widthPx; x0 += 8) {
      const columns = Math.min(8, widthPx - x0);
      for (let y = 0; y < 8; y++) {
        const row = (y0 + Math.min(y, rows - 1)) * widthPx + x0;
        for (let x = 0; x < 8; x++) {
          const v = values[row + (x < columns ? x : columns - 1)];
          block[8 * y + x] = v === v ? 255 * v - 128 : -128;
        }
      }
      forward(block, half);
      for (let i = 0; i < 64; i++) block[i] = Math.round(block[i] / steps[i]) * steps[i];
      backward(block, half);
      for (let y = 0; y < rows; y++) {
        for (let x = 0, at = (y0 + y) * widthPx + x0; x < columns; x++, at++) {
          if (values[at] !== values[at]) continue;
          const v = (block[8 * y + x] + 128) / 255;
          values[at] = v < 0 ? 0 : v > 1 ? 1 : v;
        }
      }
    }
  }
}

/** Cosine transform of a block: rows, then columns. Each pass writes its result transposed. */
function forward(block: Float64Array, half: Float64Array): void {
  for (let pass = 0, from = block, to = half; pass < 2; pass++, [from, to] = [to, from]) {
    for (let r = 0; r < 64; r += 8) {
      const a = from[r], b = from[r + 1], c = from[r + 2], d = from[r + 3];
      const e = from[r + 4], f = from[r + 5], g = from[r + 6], h = from[r + 7];
      const s0 = a + h, s1 = b + g, s2 = c + f, s3 = d + e, t0 = a - h, t1 = b - g, t2 = c - f, t3 = d - e;
      for (let k = 0; k < 64; k += 16) {
        to[k + (r >> 3)] = s0 * COSINES[k] + s1 * COSINES[k + 1] + s2 * COSINES[k + 2] + s3 * COSINES[k + 3];
        to[k + 8 + (r >> 3)] = t0 * COSINES[k + 8] + t1 * COSINES[k + 9] + t2 * COSINES[k + 10] +
          t3 * COSINES[k + 11];
      }
    }
  }
}

/** Inverse transform. It skips zeros, which most coefficients are after quantisation. */
function backward(block: Float64Array, half: Float64Array): void {
  for (let pass = 0, from = block, to = half; pass < 2; pass++, [from, to] = [to, from]) {
    to.fill(0);
    for (let r = 0; r < 8; r++) {
      for (let k = 0; k < 8; k++) {
        const v = from[8 * r + k];
        if (v !== 0) { for (let x = 0; x < 8; x++) to[8 * x + r] += v * COSINES[8 * k + x]; }
      }
    }
  }
}
