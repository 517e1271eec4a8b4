import { largestFilm } from "../../platform/platform.ts";
import { RadiographError } from "./radiograph_error.ts";

/**
 * Hard limits. Sizes are checked before memory of that size is allocated. For comparison: a film of 43 x 43 cm with a
 * pixel spacing of 0.05 mm has 8,600 x 8,600 pixels.
 */
export const limits = {
  /** Maximum width and height in pixels. */
  sidePx: 32768,
  /** Maximum number of pixels in all frames together. */
  pixels: largestFilm.pixels as number,
  /** Maximum size of the decoded samples of all frames together, in bytes. */
  sampleBytes: 600_000_000,
  /** Maximum file size in bytes. */
  fileBytes: 1_000_000_000,
  /** Maximum size of a deflated DICOM data set after decompression, in bytes. */
  inflatedBytes: 200_000_000,
  /**
   * Processor time allowed for reading any film, ms; `msPerByte` and `msPerPixel` are added. A typical film
   * takes 200 ms.
   */
  fileMs: 4000,
  /** Processor time added per byte of the file, ms. */
  msPerByte: 1 / 500,
  /** Processor time added per pixel, ms. */
  msPerPixel: 1 / 5000,
} as const;

/** Size of an image, for {@linkcode checkSize}. */
export interface PictureSize {
  rows: number;
  columns: number;
  frames?: number;
  samplesPerPixel?: number;
  bytesPerSample?: number;
}

/**
 * Checks the size of an image.
 *
 * @throws {RadiographError} `bad-header` if rows, columns or frames is not a positive integer; `too-large` if the image
 * exceeds the limits.
 */
export function checkSize(
  { rows, columns, frames = 1, samplesPerPixel = 1, bytesPerSample = 1 }: PictureSize,
): void {
  const whole = [rows, columns, frames].every((n) => Number.isInteger(n) && n >= 1);
  if (!whole) {
    throw new RadiographError(
      `Cannot read the image: rows, columns and frames must be whole numbers from 1, got ${rows} x ${columns} x ${frames}`,
      { code: "bad-header", fix: "Export the film again; its header is damaged." },
    );
  }
  const pixels = rows * columns * frames, bytes = pixels * samplesPerPixel * bytesPerSample;
  if (
    rows > limits.sidePx || columns > limits.sidePx || pixels > limits.pixels || bytes > limits.sampleBytes
  ) {
    throw new RadiographError(
      `Cannot read the image: it may have at most ${limits.sidePx} pixels per side, ${limits.pixels} in all and ` +
        `${limits.sampleBytes} bytes of samples, got ${columns} x ${rows} x ${frames} with ${bytes} bytes`,
      { code: "too-large", fix: largestFilm.fix },
    );
  }
}
