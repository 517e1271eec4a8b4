import type { GreyImage } from "../types.ts";
import { checkImage } from "./check_image.ts";

/** Options of {@linkcode quantise}: the bit depth, and the values that become black and white. */
export interface QuantiseOptions {
  /** Bits per sample. @default {8} */
  bits?: 8 | 16;
  /** Value written as 0. @default {0} */
  low?: number;
  /** Value written as the largest sample. @default {1} */
  high?: number;
}

/**
 * Rounds pixel values to integer samples for {@linkcode encodePng}. Values outside [`low`, `high`] are clipped.
 *
 * @throws {RangeError} if `high` is not above `low`, a value is NaN, or the image's size is invalid.
 * @throws {TypeError} if the image's number of values does not match its size.
 */
export function quantise(
  image: GreyImage,
  { bits = 8, low = 0, high = 1 }: QuantiseOptions = {},
): { widthPx: number; heightPx: number; samples: Uint8Array | Uint16Array } {
  checkImage(image, "Cannot quantise a picture");
  if (!(high > low)) throw new RangeError(`Cannot quantise: high must be above low, got ${low} and ${high}`);
  const largest = 2 ** bits - 1, scale = largest / (high - low);
  const samples = bits === 8 ? new Uint8Array(image.pixels.length) : new Uint16Array(image.pixels.length);
  for (let i = 0; i < samples.length; i++) {
    const value = (image.pixels[i] - low) * scale;
    if (value !== value) throw new RangeError(`Cannot quantise: value ${i} of the picture is NaN`);
    samples[i] = value <= 0 ? 0 : value >= largest ? largest : Math.floor(value + 0.5);
  }
  return { widthPx: image.widthPx, heightPx: image.heightPx, samples };
}
