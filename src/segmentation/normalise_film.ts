import { orderStatistics } from "../array/order_statistics.ts";

/** Mean over a square of side 2 * radius + 1, of the values inside the window only: running sums along rows, then columns. */
function boxMean(source: Float32Array, size: number, radius: number): Float32Array {
  const half = new Float32Array(size * size), out = new Float32Array(size * size);
  for (let y = 0; y < size; y++) slideMean(source, half, y * size, size, radius);
  // All columns at once, so that memory is read in its order; each column's sum is added up as a row's is.
  const sums = new Float64Array(size);
  let count = 0;
  for (let y = 0; y < Math.min(radius, size); y++, count++) addRow(sums, half, y * size, 1);
  for (let y = 0; y < size; y++) {
    if (y + radius < size) {
      addRow(sums, half, (y + radius) * size, 1);
      count++;
    }
    if (y - radius - 1 >= 0) {
      addRow(sums, half, (y - radius - 1) * size, -1);
      count--;
    }
    for (let x = 0, at = y * size; x < size; x++, at++) out[at] = sums[x] / count;
  }
  return out;
}

function addRow(sums: Float64Array, rows: Float32Array, start: number, sign: 1 | -1): void {
  for (let x = 0; x < sums.length; x++) sums[x] += sign * rows[start + x];
}

function slideMean(from: Float32Array, to: Float32Array, start: number, n: number, radius: number): void {
  let sum = 0, count = 0;
  for (let i = 0; i < Math.min(radius, n); i++, count++) sum += from[start + i];
  for (let i = 0; i < n; i++) {
    if (i + radius < n) {
      sum += from[start + i + radius];
      count++;
    }
    if (i - radius - 1 >= 0) {
      sum -= from[start + i - radius - 1];
      count--;
    }
    to[start + i] = sum / count;
  }
}

/**
 * The two channels the network sees, so that exposure, bit depth and display processing matter little: values scaled by
 * the 1st and 99th percentile (0 to 1, clipped), and values standardised in a moving window of an eighth of the side
 * (clipped at 3, divided by 3). Pixels outside the film are NaN on input and 0 in both channels.
 *
 * @param window values of a square window, [sizePx, sizePx]
 * @returns [2, sizePx, sizePx]
 */
export function normaliseFilm(window: Float32Array, sizePx: number): Float32Array {
  const n = sizePx * sizePx;
  const samples = new Float32Array(n);
  let count = 0;
  for (let i = 0; i < n; i += 3) if (window[i] === window[i]) samples[count++] = window[i];
  const out = new Float32Array(2 * n); // [2, sizePx, sizePx]
  if (count === 0) return out;
  const ranks = [0.01, 0.99].map((q) => Math.round(q * (count - 1)));
  const [low, high] = orderStatistics(samples.subarray(0, count), ranks);
  const scale = high > low ? 1 / (high - low) : 0;
  for (let i = 0; i < n; i++) {
    const value = (window[i] - low) * scale;
    out[i] = value === value ? Math.min(1, Math.max(0, value)) : 0;
  }
  const first = out.subarray(0, n), second = out.subarray(n);
  const radius = sizePx >> 4;
  const mean = boxMean(first, sizePx, radius);
  for (let i = 0; i < n; i++) second[i] = first[i] * first[i];
  const square = boxMean(second, sizePx, radius);
  for (let i = 0; i < n; i++) {
    const deviation = Math.sqrt(Math.max(0, square[i] - mean[i] * mean[i])) + 0.02;
    const z = (first[i] - mean[i]) / deviation;
    second[i] = window[i] === window[i] ? Math.min(3, Math.max(-3, z)) / 3 : 0;
  }
  return out;
}
