import type { HeadCrop } from "../types.ts";

/** Highest total order (sum over both directions) of the cosine waves in a layout. */
const ORDER = 3;

/** Number of values of a layout: the waves of order 1 to 3. */
export const LAYOUT_VALUES = (ORDER + 1) * (ORDER + 2) / 2 - 1;

/**
 * The coarse distribution of bright and dark in a crop: its lowest two-dimensional cosine coefficients without the
 * mean, divided by the crop's standard deviation (Ahmed et al. 1974, doi:10.1109/T-C.1974.223784). The encoder's input,
 * local contrast, contains little of this distribution. A crop with inverted grey values or a crop that is upside down
 * has normal textures, but its bright and dark areas are in other places.
 *
 * @returns the coefficients, [9], each within -1 to 1; all 0 for a blank crop
 */
export function cropLayout({ pixels, sizePx }: Pick<HeadCrop, "pixels" | "sizePx">): Float64Array {
  let sum = 0, squares = 0;
  for (const value of pixels) sum += value, squares += value * value;
  const mean = sum / pixels.length, spread = Math.sqrt(Math.max(0, squares / pixels.length - mean * mean));
  const out = new Float64Array(LAYOUT_VALUES);
  if (!(spread > 0)) return out;
  const waves = Array.from({ length: ORDER + 1 }, (_, order) =>
    Float64Array.from(
      { length: sizePx },
      (_, i) => (order > 0 ? Math.SQRT2 : 1) * Math.cos(Math.PI * order * (i + 0.5) / sizePx) / sizePx,
    ));
  let at = 0;
  for (const [across, wave] of waves.entries()) {
    const rows = new Float64Array(sizePx); // [sizePx], contribution of each row to this wave
    for (let y = 0, i = 0; y < sizePx; y++) {
      for (let x = 0; x < sizePx; x++, i++) rows[y] += wave[x] * (pixels[i] - mean);
    }
    for (let down = across === 0 ? 1 : 0; across + down <= ORDER; down++) {
      out[at++] = rows.reduce((total, row, y) => total + row * waves[down][y], 0) / spread;
    }
  }
  return out;
}
