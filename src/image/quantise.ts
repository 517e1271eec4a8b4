import type { GreyImage } from "../types.ts";
import { checkImage } from "./check_image.ts";

/** Which values become the darkest and the brightest sample. */
export interface QuantiseOptions {
  /** Bits a sample. @default {8} */
  bits?: 8 | 16;
  /** Value written as 0. @default {0} */
  low?: number;
  /** Value written as the largest sample. @default {1} */
  high?: number;
}

/**
 * Rounds a picture's values to whole samples for {@linkcode encodePng}; values beyond `low` and `high` are cut there.
 *
 * @throws {RangeError} if `high` is not above `low`, or a value is NaN.
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
