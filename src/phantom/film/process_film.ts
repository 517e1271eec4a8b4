import { equaliseLocally } from "../../image/equalise_locally.ts";
import { addEnlarged, blur, shrunk } from "../sheet/fields.ts";
import { discard, type Sheet, sheet } from "../sheet/path_length.ts";
import type { Processing } from "../patient/patient.ts";

/**
 * Applies a manufacturer's display processing before storage, in place: low frequencies are reduced, middle frequencies
 * and edges enhanced; then follow window, tone curve and equalisation. The result is from `p.floor` to `p.ceiling`.
 */
export function processFilm(film: Sheet, p: Processing, { pitchMm }: { pitchMm: number }): void {
  const { values } = film;
  const sample = bodySample(values, p.bodyWindow);
  if (p.compress > 0) {
    const step = Math.max(2, Math.round(4 / pitchMm)), broad = shrunk(film, step);
    blur(broad, p.compressMm / pitchMm / step);
    addEnlarged(film, broad, -p.compress);
    discard(broad);
  }
  if (p.middle > 0) enhance(film, p.middleMm / pitchMm, { gain: p.middle, limit: p.limit * 2 });
  if (p.edge > 0) enhance(film, p.edgeMm / pitchMm, { gain: p.edge, limit: p.limit });
  applyToneCurve(values, sample, p);
  if (p.local > 0) {
    const { widthPx, heightPx } = film, tilePx = Math.max(8, p.localMm / pitchMm);
    equaliseLocally(values, { widthPx, heightPx, tilePx, clip: p.localClip, share: p.local });
    const span = p.ceiling - p.floor;
    for (let i = 0; i < values.length; i++) values[i] = p.floor + span * values[i];
  }
}

/**
 * Adds detail finer than `sigma` px, times `gain`. Differences that are large compared with `limit` are amplified less,
 * so that skin and metal get no halo.
 */
function enhance(
  film: Sheet,
  sigma: number,
  { gain, limit }: { gain: number; limit: number },
): void {
  const { values } = film, step = sigma > 4 ? Math.floor(sigma / 2) : 1;
  const soft = sheet(film.widthPx, film.heightPx);
  if (step > 1) {
    const small = shrunk(film, step);
    blur(small, sigma / step);
    addEnlarged(soft, small);
    discard(small);
  } else {
    soft.values.set(values);
    blur(soft, sigma);
  }
  const press = 1 / limit;
  for (let i = 0; i < values.length; i++) {
    const detail = values[i] - soft.values[i];
    values[i] += gain * detail / (1 + press * (detail < 0 ? -detail : detail));
  }
  discard(soft);
}

/** Applies window and tone curve, which convert stored values to grey values. */
function applyToneCurve(values: Float32Array, sample: Int32Array, p: Processing): void {
  const some = Float32Array.from(sample, (i) => values[i]).sort(), last = some.length - 1;
  const lo = some[Math.floor(p.lowQuantile * last)], hi = some[Math.floor(p.highQuantile * last)];
  const range = (hi - lo) * (1 + p.headroom) + 1e-6, scale = 1 / range;
  // If local equalisation follows, floor and ceiling are applied after it.
  const floor = p.local > 0 ? 0 : p.floor, span = p.local > 0 ? 1 : p.ceiling - p.floor, bend = p.curve;
  const slope = p.sigmoid, low = 1 / (1 + Math.exp(slope / 2)), high = 1 - low;
  const table = new Float32Array(1025);
  for (let i = 0, k = 0; i <= 1024; i++) {
    const at = i / 1024;
    let t = at ** p.gain;
    t = (1 - bend) * t + bend * t * t * (3 - 2 * t);
    if (slope > 0) t = (1 / (1 + Math.exp(-slope * (t - 0.5))) - low) / (high - low);
    while (k < last && some[k] < lo + at * range) k++;
    table[i] = floor + span * ((1 - p.equalise) * t + p.equalise * k / Math.max(1, last));
  }
  for (let i = 0; i < values.length; i++) {
    let t = (values[i] - lo) * scale;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const at = t * 1023.999, j = at | 0;
    values[i] = table[j] + (table[j + 1] - table[j]) * (at - j);
  }
}

/**
 * Indices of evenly spaced pixels; with `bodyOnly`, only those that are not air (stored value above 0.9), unless these
 * are less than 5 %. Values that are not logarithms are never above 0.9, so all pixels are used.
 */
function bodySample(values: Float32Array, bodyOnly: boolean): Int32Array {
  const step = Math.max(1, Math.floor(values.length / 8000)),
    out = new Int32Array(Math.floor(values.length / step));
  let n = 0;
  for (let k = 0; k < out.length; k++) if (!bodyOnly || values[k * step] > 0.9) out[n++] = k * step;
  if (n > out.length / 20) return out.subarray(0, n);
  return out.map((_, k) => k * step);
}
