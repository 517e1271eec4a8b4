import { addEnlarged, blur, shrunk } from "./fields.ts";
import { discard, type Sheet, sheet } from "./path_length.ts";
import type { Processing } from "./patient.ts";

/** What a vendor does before storing: range compression, edge enhancement, window, curve. In place; the result is 0 to 1. */
export function processFilm(film: Sheet, p: Processing, { pitchMm }: { pitchMm: number }): void {
  const { values } = film;
  const sample = bodySample(values, p.bodyWindow);
  if (p.compress > 0) {
    const step = Math.max(2, Math.round(4 / pitchMm)), broad = shrunk(film, step);
    blur(broad, p.compressMm / pitchMm / step);
    addEnlarged(film, broad, -p.compress);
    discard(broad);
  }
  if (p.edge > 0) {
    const sigma = p.edgeMm / pitchMm, step = sigma > 4 ? Math.floor(sigma / 2) : 1;
    if (step > 1) {
      const soft = shrunk(film, step);
      blur(soft, sigma / step);
      for (let i = 0; i < values.length; i++) values[i] *= 1 + p.edge;
      addEnlarged(film, soft, -p.edge);
      discard(soft);
    } else {
      const soft = sheet(film.widthPx, film.heightPx);
      soft.values.set(values);
      blur(soft, sigma);
      for (let i = 0; i < values.length; i++) values[i] += p.edge * (values[i] - soft.values[i]);
      discard(soft);
    }
  }
  const [lo, hi] = quantiles(values, sample, p);
  const scale = 1 / ((hi - lo) * (1 + p.headroom) + 1e-6), span = p.ceiling - p.floor, bend = p.curve;
  const gain = p.gain;
  const table = new Float32Array(1025);
  for (let i = 0; i <= 1024; i++) {
    const t = (i / 1024) ** gain;
    table[i] = p.floor + span * ((1 - bend) * t + bend * t * t * (3 - 2 * t));
  }
  for (let i = 0; i < values.length; i++) {
    let t = (values[i] - lo) * scale;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const at = t * 1023.999, j = at | 0;
    values[i] = table[j] + (table[j + 1] - table[j]) * (at - j);
  }
}

/** Every so-many-th pixel, of the attenuated part of the film only if `bodyOnly`, before any processing. */
function bodySample(values: Float32Array, bodyOnly: boolean): Int32Array {
  const step = Math.max(1, Math.floor(values.length / 8000)),
    out = new Int32Array(Math.floor(values.length / step));
  let n = 0;
  for (let k = 0; k < out.length; k++) if (!bodyOnly || values[k * step] > 0.9) out[n++] = k * step;
  if (n > out.length / 20) return out.subarray(0, n);
  return out.map((_, k) => k * step);
}

function quantiles(
  values: Float32Array,
  sample: Int32Array,
  { lowQuantile, highQuantile }: Processing,
): [number, number] {
  const some = Float32Array.from(sample, (i) => values[i]).sort();
  return [
    some[Math.floor(lowQuantile * (some.length - 1))],
    some[Math.floor(highQuantile * (some.length - 1))],
  ];
}
