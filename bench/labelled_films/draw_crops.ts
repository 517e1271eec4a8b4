import { encodePng } from "../../src/image/encode_png.ts";

/** A PNG of rows of crops with values from 0 to 1, each enlarged `times` times, on a dark grey ground. */
export function drawCrops(
  rows: readonly (readonly ArrayLike<number>[])[],
  { sizePx, times = 2 }: { sizePx: number; times?: number },
): Uint8Array {
  const cell = sizePx * times + 4, columns = Math.max(...rows.map((row) => row.length));
  const widthPx = columns * cell,
    heightPx = rows.length * cell,
    samples = new Uint8Array(widthPx * heightPx).fill(40);
  rows.forEach((row, r) =>
    row.forEach((picture, c) => {
      for (let y = 0; y < sizePx * times; y++) {
        for (let x = 0; x < sizePx * times; x++) {
          const value = picture[Math.floor(y / times) * sizePx + Math.floor(x / times)];
          samples[(r * cell + y) * widthPx + c * cell + x] = 255 * Math.min(1, Math.max(0, value));
        }
      }
    })
  );
  return encodePng({ widthPx, heightPx, samples });
}
