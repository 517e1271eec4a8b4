import type { GreyImage } from "../../src/types.ts";

const BINS = 256;

/** Options of histogram equalisation. */
export interface EqualiseOptions {
  /** Number of tiles per side, each with its own histogram; 1 equalises the whole image at once. @default {1} */
  tiles?: number;
  /**
   * Clip limit of a bin, as a multiple of the mean count per bin; the excess is spread over all bins.
   * @default {Infinity}
   */
  clip?: number;
}

/**
 * Histogram equalisation of values from 0 to 1, of the whole image or tile by tile with interpolation between the tiles'
 * cumulative distributions; with `clip`, contrast-limited (Zuiderveld 1994, Graphics Gems IV 474-485).
 */
export function equalised(
  image: GreyImage,
  { tiles = 1, clip = Infinity }: EqualiseOptions = {},
): GreyImage {
  const { widthPx, heightPx, pixels } = image;
  const binOf = (v: number) => Math.min(BINS - 1, Math.max(0, Math.floor(v * BINS)));
  const curves = Array.from({ length: tiles * tiles }, (_, t) => {
    const x0 = Math.floor((t % tiles) * widthPx / tiles), x1 = Math.floor((t % tiles + 1) * widthPx / tiles);
    const row = Math.floor(t / tiles);
    const y0 = Math.floor(row * heightPx / tiles), y1 = Math.floor((row + 1) * heightPx / tiles);
    const counts = new Float64Array(BINS), n = (x1 - x0) * (y1 - y0), most = clip * n / BINS;
    for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) counts[binOf(pixels[y * widthPx + x])]++;
    let over = 0;
    counts.forEach((count, b) => {
      if (count > most) [over, counts[b]] = [over + count - most, most];
    });
    let sum = 0;
    return counts.map((count) => (sum += count + over / BINS) / n);
  });
  const out = new Float32Array(pixels.length);
  for (let y = 0, i = 0; y < heightPx; y++) {
    const v = Math.min(tiles - 1, Math.max(0, (y + 0.5) * tiles / heightPx - 0.5)), j = Math.floor(v);
    const below = Math.min(tiles - 1, j + 1), b = v - j;
    for (let x = 0; x < widthPx; x++, i++) {
      const u = Math.min(tiles - 1, Math.max(0, (x + 0.5) * tiles / widthPx - 0.5)), k = Math.floor(u);
      const beside = Math.min(tiles - 1, k + 1), a = u - k, bin = binOf(pixels[i]);
      out[i] = (1 - b) * ((1 - a) * curves[j * tiles + k][bin] + a * curves[j * tiles + beside][bin]) +
        b * ((1 - a) * curves[below * tiles + k][bin] + a * curves[below * tiles + beside][bin]);
    }
  }
  return { ...image, pixels: out };
}
