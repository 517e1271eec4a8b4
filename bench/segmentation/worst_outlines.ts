import { encodePng } from "../../src/image/encode_png.ts";
import { sampleSquare } from "../../src/image/sample_square.ts";
import type { BoxedMask } from "../../src/masks/boxed_mask.ts";
import { outlinePoints } from "../../src/segmentation/outline/surface_distance.ts";
import type { HeadMask, Radiograph } from "../../src/types.ts";

/** A found head, its true outline and its film. */
export interface JudgedHead {
  readonly film: Radiograph;
  readonly truth: BoxedMask & Pick<HeadMask, "centerPx" | "radiusPx">;
  readonly found: BoxedMask;
}

/** Side of one image, px; each head has two, without and with outlines. */
const CELL = 200, COLUMNS = 5;
/** Blue and orange of Okabe and Ito, which are also distinct for colour-blind readers and in greyscale. */
const TRUTH = [86, 180, 233], FOUND = [230, 159, 0];

/**
 * A PNG of heads, plain in the upper image; in the lower one with the true outline in blue and the found one in orange.
 */
export function drawWorst(heads: readonly JudgedHead[]): Uint8Array {
  const rows = Math.ceil(heads.length / COLUMNS);
  const widthPx = COLUMNS * CELL,
    heightPx = rows * 2 * CELL,
    samples = new Uint8Array(3 * widthPx * heightPx);
  heads.forEach(({ film, truth, found }, index) => {
    const x0 = (index % COLUMNS) * CELL, y0 = Math.floor(index / COLUMNS) * 2 * CELL;
    const { centerPx, radiusPx } = truth, halfSidePx = 1.8 * radiusPx;
    const grey = {
      kind: "grey-image",
      widthPx: film.widthPx,
      heightPx: film.heightPx,
      pixels: film.pixels,
    } as const;
    const { pixels } = sampleSquare(grey, { centerPx, halfSidePx, sizePx: CELL, fill: NaN });
    const sorted = pixels.filter((v) => v === v).sort();
    const low = sorted[Math.floor(0.01 * sorted.length)], high = sorted[Math.floor(0.99 * sorted.length)];
    for (let y = 0; y < CELL; y++) {
      for (let x = 0; x < CELL; x++) {
        const value = pixels[y * CELL + x];
        const shade = value === value ? Math.max(0, Math.min(255, 255 * (value - low) / (high - low))) : 0;
        for (const below of [0, CELL]) {
          const at = 3 * ((y0 + below + y) * widthPx + x0 + x);
          samples.fill(shade, at, at + 3);
        }
      }
    }
    for (const [mask, colour] of [[truth, TRUTH], [found, FOUND]] as const) {
      const points = outlinePoints(mask);
      for (let i = 0; i < points.length; i += 2) {
        const x = Math.round(((points[i] - centerPx[0]) / (2 * halfSidePx) + 0.5) * CELL);
        const y = Math.round(((points[i + 1] - centerPx[1]) / (2 * halfSidePx) + 0.5) * CELL);
        if (x < 0 || y < 0 || x >= CELL || y >= CELL) continue;
        samples.set(colour, 3 * ((y0 + CELL + y) * widthPx + x0 + x));
      }
    }
  });
  return encodePng({ widthPx, heightPx, channels: 3, samples }, { level: 9 });
}
