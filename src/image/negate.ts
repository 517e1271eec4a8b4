import type { GreyValues } from "../types.ts";

/** The negative of a picture's values: a loop, since films have millions of pixels and `map` calls for each. */
export function negate(pixels: GreyValues): Float32Array<ArrayBuffer> {
  const out = new Float32Array(pixels.length);
  for (let i = 0; i < out.length; i++) out[i] = -pixels[i];
  return out;
}
