import { encodePng } from "../../image/encode_png.ts";
import { resize } from "../../image/resize.ts";
import { outlinePoints } from "../../segmentation/outline/surface_distance.ts";
import type { HeadMask, Radiograph } from "../../types.ts";

/** Quantiles of the film that become black and white for display. */
const BLACK = 0.01, WHITE = 0.995;
const OUTLINE_RGB = [255, 176, 0];

/** Converts a film to 8-bit grey for display, at most `longestPx` on its longer side. */
export function filmForDisplay(film: Radiograph, { longestPx = 1200 } = {}) {
  const scale = Math.min(1, longestPx / Math.max(film.widthPx, film.heightPx));
  const widthPx = Math.max(1, Math.round(film.widthPx * scale)),
    heightPx = Math.max(1, Math.round(film.heightPx * scale));
  const image = {
    kind: "grey-image",
    widthPx: film.widthPx,
    heightPx: film.heightPx,
    pixels: film.pixels,
  } as const;
  const { pixels } = scale < 1 ? resize(image, { widthPx, heightPx }) : image;
  const sorted = pixels.toSorted();
  const low = sorted[Math.floor(BLACK * (sorted.length - 1))],
    high = sorted[Math.ceil(WHITE * (sorted.length - 1))];
  const span = high > low ? high - low : 1;
  const grey = Uint8Array.from(pixels, (v) => Math.round(255 * Math.min(1, Math.max(0, (v - low) / span))));
  return { widthPx, heightPx, scale, grey };
}

/** A PNG of the film, at most 1200 pixels on its longer side, with the outline of every head drawn in orange. */
export function drawOverlay(film: Radiograph, heads: readonly HeadMask[]): Uint8Array {
  const { widthPx, heightPx, scale, grey } = filmForDisplay(film);
  const rgb = new Uint8Array(3 * grey.length);
  grey.forEach((value, i) => rgb.fill(value, 3 * i, 3 * i + 3));
  for (const head of heads) {
    const points = outlinePoints(head); // [n, 2], film pixels
    for (let i = 0; i < points.length; i += 2) {
      const x = Math.floor((points[i] + 0.5) * scale), y = Math.floor((points[i + 1] + 0.5) * scale);
      if (x >= 0 && y >= 0 && x < widthPx && y < heightPx) rgb.set(OUTLINE_RGB, 3 * (y * widthPx + x));
    }
  }
  return encodePng({ widthPx, heightPx, channels: 3, samples: rgb });
}

/** A PNG of the film's size: 255 inside every head, 0 outside. */
export function drawMask(
  film: Pick<Radiograph, "widthPx" | "heightPx">,
  heads: readonly HeadMask[],
): Uint8Array {
  const samples = new Uint8Array(film.widthPx * film.heightPx); // [heightPx, widthPx]
  for (const { boxPx, mask } of heads) {
    for (let y = 0; y < boxPx.height; y++) {
      for (let x = 0; x < boxPx.width; x++) {
        if (mask[y * boxPx.width + x]) samples[(boxPx.y + y) * film.widthPx + boxPx.x + x] = 255;
      }
    }
  }
  return encodePng({ widthPx: film.widthPx, heightPx: film.heightPx, samples });
}
