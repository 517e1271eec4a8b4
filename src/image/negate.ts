import type { GreyValues } from "../types.ts";

/** The negated pixel values. A plain loop: `map` would make a function call for each of millions of pixels. */
export function negate(pixels: GreyValues): Float32Array<ArrayBuffer> {
  const out = new Float32Array(pixels.length);
  for (let i = 0; i < out.length; i++) out[i] = -pixels[i];
  return out;
}
