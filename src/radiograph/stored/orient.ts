import type { Samples } from "./stored_image.ts";

/** Samples and shape of an image. */
export interface Oriented {
  rows: number;
  columns: number;
  samples: Samples;
}

/**
 * Makes an image upright according to its EXIF or TIFF orientation (TIFF 6.0, tag 274). 1 is already upright, 2 to 4
 * are flips and a rotation by 180 degrees, 5 to 8 also swap rows and columns.
 *
 * @param picture samples of shape [rows, columns, samplesPerPixel].
 */
export function orient(picture: Oriented & { samplesPerPixel: number }, orientation: number): Oriented {
  const { rows, columns, samples, samplesPerPixel } = picture;
  if (!(orientation >= 2 && orientation <= 8)) return { rows, columns, samples };
  const swap = orientation >= 5;
  const outRows = swap ? columns : rows, outColumns = swap ? rows : columns;
  const out = new (samples.constructor as Uint8ArrayConstructor)(samples.length) as Samples;
  for (let y = 0, to = 0; y < outRows; y++) {
    for (let x = 0; x < outColumns; x++) {
      const [row, column] = source(orientation, { x, y, rows, columns });
      const from = (row * columns + column) * samplesPerPixel;
      for (let s = 0; s < samplesPerPixel; s++) out[to++] = samples[from + s];
    }
  }
  return { rows: outRows, columns: outColumns, samples: out };
}

/** Stored [row, column] of the pixel at x, y of the upright image. */
function source(
  orientation: number,
  { x, y, rows, columns }: { x: number; y: number; rows: number; columns: number },
): [number, number] {
  switch (orientation) {
    case 2:
      return [y, columns - 1 - x];
    case 3:
      return [rows - 1 - y, columns - 1 - x];
    case 4:
      return [rows - 1 - y, x];
    case 5:
      return [x, y];
    case 6:
      return [rows - 1 - x, y];
    case 7:
      return [rows - 1 - x, columns - 1 - y];
    default:
      return [x, columns - 1 - y];
  }
}
