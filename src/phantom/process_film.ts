import { addEnlarged, blur, shrunk } from "./fields.ts";
import type { Sheet } from "./path_length.ts";
import type { Processing } from "./patient.ts";

/** What a vendor does before storing: range compression, edge enhancement, window, curve. In place; the result is 0 to 1. */
export function processFilm(film: Sheet, p: Processing, { pitchMm }: { pitchMm: number }): void {
  const { values } = film;
  if (p.compress > 0) {
    const step = Math.max(2, Math.round(4 / pitchMm)), broad = shrunk(film, step);
    blur(broad, p.compressMm / pitchMm / step);
    addEnlarged(film, broad, -p.compress);
  }
  if (p.edge > 0) {
    const sigma = p.edgeMm / pitchMm, step = sigma > 4 ? Math.floor(sigma / 2) : 1;
    if (step > 1) {
      const soft = shrunk(film, step);
      blur(soft, sigma / step);
      for (let i = 0; i < values.length; i++) values[i] *= 1 + p.edge;
      addEnlarged(film, soft, -p.edge);
    } else {
      const soft = { ...film, values: values.slice() };
      blur(soft, sigma);
      for (let i = 0; i < values.length; i++) values[i] += p.edge * (values[i] - soft.values[i]);
    }
  }
  const [lo, hi] = quantiles(values, p.lowQuantile, p.highQuantile);
  const scale = 1 / (hi - lo + 1e-6), span = p.ceiling - p.floor, bend = p.curve;
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

function quantiles(values: Float32Array, low: number, high: number): [number, number] {
  const step = Math.max(1, Math.floor(values.length / 20000)),
    some = new Float32Array(Math.floor(values.length / step));
  for (let i = 0; i < some.length; i++) some[i] = values[i * step];
  some.sort();
  return [some[Math.floor(low * (some.length - 1))], some[Math.floor(high * (some.length - 1))]];
}
