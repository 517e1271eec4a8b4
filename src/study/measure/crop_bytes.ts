import type { HeadCrop } from "../../types.ts";

/** A crop as bytes, [sizePx, sizePx]. This is lossless, because crops have 256 grey levels. */
export function cropToBytes({ pixels }: HeadCrop): Uint8Array {
  const bytes = new Uint8Array(pixels.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(pixels[i] * 255);
  return bytes;
}

/**
 * Restores a crop from the bytes of {@linkcode cropToBytes}.
 *
 * @throws {TypeError} if the number of bytes does not fit the size.
 */
export function cropFromBytes(
  bytes: Uint8Array,
  { side, sizePx }: Pick<HeadCrop, "side" | "sizePx">,
): HeadCrop {
  if (bytes.length !== sizePx * sizePx) {
    throw new TypeError(
      `Cannot read the crop: it must have ${sizePx} x ${sizePx} bytes, got ${bytes.length}`,
    );
  }
  const pixels = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) pixels[i] = bytes[i] / 255;
  return { kind: "head-crop", side, sizePx, pixels };
}
