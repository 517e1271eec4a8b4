import { largestFilm } from "../../platform/platform.ts";
import { RadiographError } from "./radiograph_error.ts";

/** Hard limits, checked before anything is allocated. A film of 43 x 43 cm at 50 um is 8,600 x 8,600. */
export const limits = {
  /** Longest side of a picture. */
  sidePx: 32768,
  /** Pixels of all frames together. */
  pixels: largestFilm.pixels as number,
  /** Bytes of decoded samples of all frames together. */
  sampleBytes: 600_000_000,
  /** Bytes of a file. */
  fileBytes: 1_000_000_000,
  /** Bytes a compressed data set may inflate to. */
  inflatedBytes: 200_000_000,
  /** Processor time that reading a film may take, ms, and what every byte of its file and every pixel adds (a film takes about 200 ms). */
  fileMs: 4000,
  msPerByte: 1 / 500,
  msPerPixel: 1 / 5000,
} as const;

/** What {@linkcode checkSize} looks at. */
export interface PictureSize {
  rows: number;
  columns: number;
  frames?: number;
  samplesPerPixel?: number;
  bytesPerSample?: number;
}

/** Stops sizes that are zero, not whole, or beyond the limits. */
export function checkSize(
  { rows, columns, frames = 1, samplesPerPixel = 1, bytesPerSample = 1 }: PictureSize,
): void {
  const whole = [rows, columns, frames].every((n) => Number.isInteger(n) && n >= 1);
  if (!whole) {
    throw new RadiographError(
      `Cannot read the picture: rows, columns and frames are whole numbers from 1, got ${rows} x ${columns} x ${frames}`,
      { code: "bad-header", fix: "Export the film again; its header is damaged." },
    );
  }
  const pixels = rows * columns * frames, bytes = pixels * samplesPerPixel * bytesPerSample;
  if (
    rows > limits.sidePx || columns > limits.sidePx || pixels > limits.pixels || bytes > limits.sampleBytes
  ) {
    throw new RadiographError(
      `Cannot read the picture: at most ${limits.sidePx} pixels a side and ${limits.pixels} in all, ` +
        `got ${columns} x ${rows} x ${frames}`,
      { code: "too-large", fix: largestFilm.fix },
    );
  }
}
