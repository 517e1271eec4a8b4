/** Quantile of sampled values; `samples` is sorted. */
function sampledQuantile(samples: Float32Array, q: number): number {
  return samples[Math.min(samples.length - 1, Math.max(0, Math.round(q * (samples.length - 1))))];
}

/** Running sums of one line: mean over 2 * radius + 1 values, fewer at the ends. */
function boxMean(source: Float32Array, size: number, radius: number): Float32Array {
  const half = new Float32Array(size * size), out = new Float32Array(size * size);
  for (let y = 0; y < size; y++) slideMean(source, half, y * size, 1, size, radius);
  for (let x = 0; x < size; x++) slideMean(half, out, x, size, size, radius);
  return out;
}

function slideMean(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  n: number,
  radius: number,
) {
  let sum = 0, count = 0;
  for (let i = 0; i < Math.min(radius, n); i++, count++) sum += from[start + i * step];
  for (let i = 0; i < n; i++) {
    if (i + radius < n) {
      sum += from[start + (i + radius) * step];
      count++;
    }
    if (i - radius - 1 >= 0) {
      sum -= from[start + (i - radius - 1) * step];
      count--;
    }
    to[start + i * step] = sum / count;
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
  const sorted = samples.subarray(0, count).sort();
  const low = sampledQuantile(sorted, 0.01), high = sampledQuantile(sorted, 0.99);
  const scale = high > low ? 1 / (high - low) : 0;
  for (let i = 0; i < n; i++) {
    const value = (window[i] - low) * scale;
    out[i] = value === value ? Math.min(1, Math.max(0, value)) : 0;
  }
  const first = out.subarray(0, n), second = out.subarray(n);
  const radius = sizePx >> 4;
  const mean = boxMean(first, sizePx, radius);
  for (let i = 0; i < n; i++) second[i] = first[i] * first[i];
  const square = boxMean(second.slice(), sizePx, radius);
  for (let i = 0; i < n; i++) {
    const deviation = Math.sqrt(Math.max(0, square[i] - mean[i] * mean[i])) + 0.02;
    const z = (first[i] - mean[i]) / deviation;
    second[i] = window[i] === window[i] ? Math.min(3, Math.max(-3, z)) / 3 : 0;
  }
  return out;
}
