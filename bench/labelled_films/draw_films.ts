import { encodePng } from "../../src/image/encode_png.ts";
import { resize } from "../../src/image/resize.ts";
import { outlinePoints } from "../../src/segmentation/outline/surface_distance.ts";
import type { JudgedFilm } from "./judge_film.ts";
import { discMask, type TestFilm } from "./test_film.ts";

const CELL = 360, COLUMNS = 4;
/** Blue and orange of Okabe and Ito. */
const TRUTH = [86, 180, 233], FOUND = [230, 159, 0];

/**
 * A PNG of whole films, each scaled to a cell, with true circles in blue and reported heads in orange (not those on
 * optional heads).
 */
export async function drawFilms(
  films: readonly { film: TestFilm; judged: JudgedFilm }[],
): Promise<Uint8Array> {
  const widthPx = CELL * COLUMNS, heightPx = CELL * Math.max(1, Math.ceil(films.length / COLUMNS));
  const samples = new Uint8Array(3 * widthPx * heightPx);
  for (const [index, { film, judged }] of films.entries()) {
    const size = await film.read(), step = Math.max(size.widthPx, size.heightPx) / CELL;
    const small = resize({ ...size, kind: "grey-image" }, {
      widthPx: Math.max(1, Math.floor(size.widthPx / step)),
      heightPx: Math.max(1, Math.floor(size.heightPx / step)),
    });
    const x0 = index % COLUMNS * CELL, y0 = Math.floor(index / COLUMNS) * CELL;
    let low = Infinity, high = -Infinity;
    for (const v of small.pixels) [low, high] = [Math.min(low, v), Math.max(high, v)];
    small.pixels.forEach((v, i) => {
      const x = x0 + i % small.widthPx, y = y0 + Math.floor(i / small.widthPx), at = 3 * (y * widthPx + x);
      samples.fill(255 * (v - low) / (high - low || 1), at, at + 3);
    });
    const masks = [
      ...judged.heads.map(({ truth }) => [discMask(truth, size), TRUTH] as const),
      ...[...judged.heads.flatMap(({ found }) => found ?? []), ...judged.falseHeads].map((head) =>
        [head, FOUND] as const
      ),
    ];
    for (const [mask, colour] of masks) {
      const points = outlinePoints(mask);
      for (let i = 0; i < points.length; i += 2) {
        const x = Math.min(CELL - 1, Math.floor(points[i] / step)),
          y = Math.min(CELL - 1, Math.floor(points[i + 1] / step));
        samples.set(colour, 3 * ((y0 + y) * widthPx + x0 + x));
      }
    }
  }
  return encodePng({ widthPx, heightPx, channels: 3, samples });
}
