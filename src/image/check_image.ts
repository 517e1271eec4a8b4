import type { GreyImage, GreyValues } from "../types.ts";

/**
 * Checks an image's size. The message of an error starts with `doing`.
 *
 * @throws {RangeError} if width or height is not a whole number from 1.
 * @throws {TypeError} if the number of values does not match width and height.
 */
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
