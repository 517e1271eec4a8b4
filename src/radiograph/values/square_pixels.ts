import { resize } from "../../image/resize.ts";
import type { GreyValues } from "../../types.ts";
import { checkSize } from "../guard/limits.ts";

/** Values of a film and which of them are padding. */
export interface FilmPixels {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: GreyValues; // [heightPx, widthPx]
  readonly padding: Uint8Array | null; // [heightPx, widthPx]
}

/** Pixels may be out of square by so much before they are resampled: spacings are rounded, and a head is then round enough. */
const TOLERANCE = 0.002;
/** A pixel more than four times as high as wide, or the other way round, is a mistake in the header. */
const MOST = 4;

/** Whether pixels of this height over width are to be made square, are square already, or cannot be meant. */
export function judgeAspect(aspect: number): "square" | "resample" | "odd" {
  if (!(aspect <= MOST && aspect >= 1 / MOST)) return "odd";
  return Math.abs(aspect - 1) <= TOLERANCE ? "square" : "resample";
}

/**
 * Makes a film's pixels square: its columns stay, so a place's x and a length along a row stay too, and its rows become as many as
 * they are high.
 *
 * @param aspect height over width of a pixel
 * @param memory makes the memory of the new pixels
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
