import type { GreyImage, GreyValues } from "../types.ts";

/** Stops a picture whose sizes and values do not agree; `doing` opens the message. */
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
