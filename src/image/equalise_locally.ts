const BINS = 64;

/** Options of {@linkcode equaliseLocally}. */
export interface EqualiseLocallyOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Side of a tile, px. */
  readonly tilePx: number;
  /**
   * Each bin is clipped at this multiple of the mean bin count, at least 1. 1 changes little; a large value
   * equalises fully.
   */
  readonly clip: number;
  /** Weight of the equalised image in the result, 0 to 1. */
  readonly share: number;
}

/**
 * Contrast-limited adaptive histogram equalisation (Zuiderveld 1994), in place. Each tile has its own curve; between
 * tile centres the curves are interpolated.
 *
 * @param values [heightPx, widthPx], 0 to 1; NaN is ignored and left as it is.
 */
export function equaliseLocally(
  values: Float32Array,
  { widthPx: w, heightPx: h, tilePx, clip, share }: EqualiseLocallyOptions,
): void {
  const nx = Math.max(1, Math.round(w / tilePx)), ny = Math.max(1, Math.round(h / tilePx));
  const curves = new Float32Array(nx * ny * (BINS + 1));
  const bin = (v: number) => v <= 0 ? 0 : v >= 1 ? BINS - 1 : v * BINS | 0;
  for (let y = 0; y < h; y++) {
    const row = Math.floor(y * ny / h) * nx;
    for (let x = y & 1, i = y * w + x; x < w; x += 2, i += 2) { // half of the pixels are enough
      const v = values[i];
      if (v === v) curves[(row + Math.floor(x * nx / w)) * (BINS + 1) + bin(v) + 1]++;
    }
  }
  for (let t = 0; t < curves.length; t += BINS + 1) toCurve(curves.subarray(t, t + BINS + 1), clip);
  const left = new Int32Array(w), across = new Float32Array(w);
  for (let x = 0; x < w; x++) {
    const u = Math.max(0, Math.min(nx - 1, (x + 0.5) * nx / w - 0.5));
    left[x] = Math.min(Math.max(0, nx - 2), u | 0), across[x] = u - left[x];
  }
  const right = nx > 1 ? BINS + 1 : 0, below = ny > 1 ? nx * (BINS + 1) : 0;
  for (let y = 0, i = 0; y < h; y++) {
    const v = Math.max(0, Math.min(ny - 1, (y + 0.5) * ny / h - 0.5));
    const row = Math.min(Math.max(0, ny - 2), v | 0), b = v - row;
    for (let x = 0; x < w; x++, i++) {
      const grey = values[i];
      if (grey !== grey) continue;
      const at = grey <= 0 ? 0 : grey >= 1 ? BINS - 1e-4 : grey * BINS, k = at | 0, f = at - k, a = across[x];
      const c = (row * nx + left[x]) * (BINS + 1) + k, d = c + below;
      const here = (curves[c] * (1 - a) + curves[c + right] * a) * (1 - b) +
        (curves[d] * (1 - a) + curves[d + right] * a) * b;
      const next = (curves[c + 1] * (1 - a) + curves[c + 1 + right] * a) * (1 - b) +
        (curves[d + 1] * (1 - a) + curves[d + 1 + right] * a) * b;
      values[i] = grey + share * (here + (next - here) * f - grey);
    }
  }
}

/**
 * Turns bin counts (from index 1 on) into the cumulative curve at the bin borders, in place. What is clipped off
 * is spread evenly over all bins.
 */
function toCurve(curve: Float32Array, clip: number): void {
  let total = 0, cut = 0;
  for (const n of curve) total += n;
  if (total === 0) return curve.forEach((_, k) => curve[k] = k / BINS);
  const most = clip * total / BINS;
  for (let k = 1; k <= BINS; k++) if (curve[k] > most) cut += curve[k] - most, curve[k] = most;
  let sum = 0;
  for (let k = 1; k <= BINS; k++) curve[k] = (sum += curve[k] + cut / BINS) / total;
}
