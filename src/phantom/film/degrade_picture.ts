import type { Prng } from "../../array/seeded_prng.ts";
import { jpegBlocks } from "../../image/jpeg_blocks.ts";
import { addEnlarged, blur, maxChords, shrunk } from "../sheet/fields.ts";
import { discard, type Sheet, sheet } from "../sheet/path_length.ts";
import type { Carrier } from "../patient/patient.ts";

/** Applies the effects of scanner, camera and compression to the grey values (0 to 1) of an image, in place. */
export function degradePicture(prng: Prng, picture: Sheet, carrier: Carrier): void {
  const { widthPx: w, heightPx: h, values } = picture, long = Math.max(w, h);
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  if (carrier.dust + carrier.scratches > 0) blemish(u, picture, carrier);
  if (carrier.defocus > 0) blur(picture, carrier.defocus * long);
  addLight(picture, carrier);
  if (carrier.grain > 0) {
    for (let i = 0; i < values.length; i++) values[i] += carrier.grain * (prng() + prng() - 1);
  }
  if (carrier.smallPx > 0 && carrier.smallPx < long) {
    const small = reduced(picture, carrier.smallPx / long);
    if (carrier.quality > 0) compress(small, carrier.quality);
    values.fill(0);
    addEnlarged(picture, small);
    discard(small);
  } else if (carrier.quality > 0) compress(picture, carrier.quality);
  for (let i = 0; i < values.length; i++) values[i] = values[i] < 0 ? 0 : values[i] > 1 ? 1 : values[i];
}

/** Draws dust and scratches, bright or dark. */
function blemish(u: (lo: number, hi: number) => number, picture: Sheet, { dust, scratches }: Carrier): void {
  const { widthPx: w, heightPx: h, values } = picture, long = Math.max(w, h);
  const bright = sheet(w, h), dark = sheet(w, h);
  for (let k = 0; k < dust; k++) {
    const x = u(0, w), y = u(0, h), r = u(0.3, 1.2) * Math.max(1, long / 900);
    maxChords(u(0, 1) < 0.7 ? bright : dark, [[x, y, r], [x + u(-3, 3) * r, y + u(-3, 3) * r, r]]);
  }
  for (let k = 0; k < scratches; k++) {
    const x = u(0, w), y = u(0, h), a = u(0, 6.283), reach = u(0.05, 0.7) * long, bend = u(-0.2, 0.2) * reach;
    const cos = Math.cos(a), sin = Math.sin(a), thin = u(0.25, 0.6) * Math.max(1, long / 1000);
    const nodes = Array.from({ length: 9 }, (_, i) => {
      const s = (i / 4 - 1) * reach / 2, t = bend * (i / 4 - 1) ** 2;
      return [x + s * cos - t * sin, y + s * sin + t * cos, thin];
    });
    maxChords(u(0, 1) < 0.6 ? bright : dark, nodes);
  }
  const strong = u(0.2, 0.8);
  for (let i = 0; i < values.length; i++) {
    if (bright.values[i] > 0) values[i] += strong * Math.min(1, bright.values[i]) * (1 - values[i]);
    if (dark.values[i] > 0) values[i] -= strong * Math.min(1, dark.values[i]) * values[i];
  }
  discard(bright, dark);
}

/** Adds vignette, glare, haze and moire. */
function addLight(picture: Sheet, { vignette, glare: [strong, gx, gy, size], haze, moire }: Carrier): void {
  const [beat, period, direction] = moire;
  if (vignette === 0 && strong === 0 && haze === 0 && beat === 0) return;
  const { widthPx: w, heightPx: h, values } = picture, long = Math.max(w, h);
  const kx = Math.cos(direction) * 6.2832 / period, ky = Math.sin(direction) * 6.2832 / period;
  const across = Float32Array.from({ length: w }, (_, x) => Math.exp(-(((x - gx * w) / (size * long)) ** 2)));
  for (let y = 0, i = 0; y < h; y++) {
    const v = 2 * y / h - 1, shine = strong * Math.exp(-(((y - gy * h) / (size * long)) ** 2));
    for (let x = 0; x < w; x++, i++) {
      const s = 2 * x / w - 1;
      let value = values[i] * (1 - haze) + haze;
      if (beat > 0) value *= 1 + beat * Math.sin(kx * x + ky * y + 0.4 * s * v);
      value *= 1 - 0.5 * vignette * (s * s + v * v);
      values[i] = value + shine * across[x] * (1 - value);
    }
  }
}

/** A reduced copy: averaged (`scale` up to 1/2) or blurred (up to 0.8), then interpolated bilinearly. */
function reduced(picture: Sheet, scale: number): Sheet {
  const step = Math.floor(1 / scale), from = step > 1 ? shrunk(picture, step) : picture;
  const out = sheet(Math.round(picture.widthPx * scale), Math.round(picture.heightPx * scale));
  if (step === 1 && scale < 0.8) {
    const soft = sheet(picture.widthPx, picture.heightPx);
    soft.values.set(picture.values);
    blur(soft, 0.35 / scale);
    addEnlarged(out, soft);
    discard(soft);
  } else addEnlarged(out, from);
  if (step > 1) discard(from);
  return out;
}

/** Compresses an image as JPEG does and decompresses it, in place. */
function compress(picture: Sheet, quality: number): void {
  const { widthPx, heightPx, values } = picture;
  jpegBlocks(values, { widthPx, heightPx, quality });
}
