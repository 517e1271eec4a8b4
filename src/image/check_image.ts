import type { GreyImage, GreyValues } from "../types.ts";

/** Throws if an image's size and number of values do not match. The message starts with `doing`. */
export function checkImage(image: GreyImage<GreyValues>, doing: string): void {
  const { widthPx, heightPx, pixels } = image;
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || widthPx < 1 || heightPx < 1) {
    throw new RangeError(
      `${doing}: width and height must be whole numbers from 1, got ${widthPx} x ${heightPx}`,
    );
  }
  if (pixels.length !== widthPx * heightPx) {
    throw new TypeError(
      `${doing}: ${widthPx} x ${heightPx} needs ${widthPx * heightPx} values, got ${pixels.length}`,
    );
  }
}
