import { seededPrng } from "../../array/seeded_prng.ts";
import { addEnlarged, blur, shrunk } from "../sheet/fields.ts";
import { discard, type Sheet } from "../sheet/path_length.ts";
import type { Processing } from "../patient/patient.ts";
import type { Prng } from "../../array/seeded_prng.ts";

/** Table of standard normal random numbers. */
const NOISE = noiseTable();

function noiseTable(): Float32Array {
  const prng = seededPrng(77), out = new Float32Array(1 << 17);
  for (let i = 0; i < out.length; i++) out[i] = prng.normal();
  return out;
}

/** Table of exp(-x) for x from 0 to `REACH`, in `STEPS` steps. */
const STEPS = 4096, REACH = 14;
const FALL = Float32Array.from({ length: STEPS + 2 }, (_, i) => Math.exp(-i * REACH / STEPS));

/**
 * Converts attenuation L to detected energy and then to the value that an imaging-plate reader stores, in place. The
 * steps are exp(-L) (Beer-Lambert law), scatter (a blurred share of the primary radiation), detector blur, heel effect,
 * photon noise, and -log of the result, or -4 times a power of it if `logarithmic` is false.
 */
export function expose(prng: Prng, film: Sheet, p: Processing, { pitchMm }: { pitchMm: number }): void {
  const { widthPx: w, heightPx: h, values } = film;
  const k = STEPS / REACH;
  for (let i = 0; i < values.length; i++) {
    const at = values[i] < 0 ? 0 : values[i] > 13.9 ? 13.9 * k : values[i] * k, j = at | 0;
    values[i] = FALL[j] + (FALL[j + 1] - FALL[j]) * (at - j);
  }
  const step = Math.max(2, Math.round(4 / pitchMm));
  const haze = shrunk(film, step);
  blur(haze, p.scatterMm / pitchMm / step);
  addEnlarged(film, haze, p.scatter);
  discard(haze);
  blur(film, p.blurMm / pitchMm);
  const count = p.exposure * pitchMm * pitchMm * 10, readout = 2e-5;
  const sigma = Math.sqrt(1 / count);
  for (let y = 0, i = 0; y < h; y++) {
    const heel = 1 + p.heel * (2 * y / h - 1), across = 2 * p.heelAcross / w;
    let n = prng.integer(NOISE.length);
    for (let x = 0; x < w; x++, i++) {
      const v = values[i] * (heel + across * (x - w / 2));
      const noisy = v + sigma * Math.sqrt(v) * NOISE[n] + readout;
      values[i] = noisy > 2e-5 ? noisy : 2e-5;
      n = (n + 1) & (NOISE.length - 1);
    }
  }
  if (p.logarithmic) minusLog(values);
  else for (let i = 0; i < values.length; i++) values[i] = -Math.pow(values[i], p.gamma) * 4;
}

const MANTISSA = Float32Array.from({ length: 4096 }, (_, i) => Math.log(1 + (i + 0.5) / 4096));

/**
 * Replaces each positive value by -ln(value), from its exponent and a table for the mantissa; the error is at most
 * 1.3e-4.
 */
function minusLog(values: Float32Array): void {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) {
    const b = bits[i];
    values[i] = (127 - (b >> 23)) * Math.LN2 - MANTISSA[(b >> 11) & 4095];
  }
}
