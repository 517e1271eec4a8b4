import type { HeadCrop } from "../../types.ts";

/**
 * A crop in 256 steps of grey. This is what is kept on disk and what every network sees, in scoring, training and studies
 * alike, so that a latent can be computed again from the kept picture to the last bit.
 */
export function quantiseCrop(crop: HeadCrop): HeadCrop {
  const pixels = new Float32Array(crop.pixels.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(crop.pixels[i] * 255) / 255;
  return { ...crop, pixels };
}

/** A quantised crop as bytes, [sizePx, sizePx]. */
export function cropToBytes({ pixels }: HeadCrop): Uint8Array {
  const bytes = new Uint8Array(pixels.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(pixels[i] * 255);
  return bytes;
}

/** The crop that {@linkcode cropToBytes} took apart. */
export function cropFromBytes(
  bytes: Uint8Array,
  { side, sizePx }: Pick<HeadCrop, "side" | "sizePx">,
): HeadCrop {
  if (bytes.length !== sizePx * sizePx) {
    throw new TypeError(
      `Cannot read the crop: ${sizePx} x ${sizePx} bytes are expected, got ${bytes.length}`,
    );
  }
  const pixels = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) pixels[i] = bytes[i] / 255;
  return { kind: "head-crop", side, sizePx, pixels };
}
