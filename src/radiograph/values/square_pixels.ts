import { resize } from "../../image/resize.ts";
import type { GreyValues } from "../../types.ts";
import { checkSize } from "../guard/limits.ts";

/** Values of a film, and which pixels are padding. */
export interface FilmPixels {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: GreyValues; // [heightPx, widthPx]
  readonly padding: Uint8Array | null; // [heightPx, widthPx]
}

/**
 * Pixels are resampled only if their aspect ratio differs from 1 by more than this. Smaller differences may come from
 * rounded spacings, and they distort a head negligibly.
 */
const TOLERANCE = 0.002;
/** An aspect ratio of more than 4 or less than 1/4 is assumed to be an error in the header. */
const MOST = 4;

/** Whether pixels of this aspect (height over width) are square, need resampling, or are implausible (`odd`). */
export function judgeAspect(aspect: number): "square" | "resample" | "odd" {
  if (!(aspect <= MOST && aspect >= 1 / MOST)) return "odd";
  return Math.abs(aspect - 1) <= TOLERANCE ? "square" : "resample";
}

/**
 * Makes a film's pixels square by resampling along the columns only. The number of columns, x coordinates and lengths
 * along a row do not change.
 *
 * @param aspect height over width of a pixel
 * @param memory allocates the memory of the new pixels
 * @throws {RadiographError} `too-large` if the resampled film exceeds the limits.
 */
export function squarePixels(
  { widthPx, heightPx, pixels, padding }: FilmPixels,
  { aspect, memory }: { aspect: number; memory: (bytes: number) => ArrayBufferLike },
): FilmPixels {
  const rows = Math.max(1, Math.round(heightPx * aspect));
  checkSize({ rows, columns: widthPx, bytesPerSample: 4 });
  const resized = resize({ kind: "grey-image", widthPx, heightPx, pixels }, { widthPx, heightPx: rows });
  const values = new Float32Array(memory(4 * rows * widthPx));
  values.set(resized.pixels);
  return { widthPx, heightPx: rows, pixels: values, padding: padding && nearestRows() };

  function nearestRows(): Uint8Array {
    const out = new Uint8Array(memory(rows * widthPx));
    for (let y = 0; y < rows; y++) {
      const from = Math.min(heightPx - 1, Math.floor((y + 0.5) * heightPx / rows)) * widthPx;
      out.set(padding!.subarray(from, from + widthPx), y * widthPx);
    }
    return out;
  }
}
