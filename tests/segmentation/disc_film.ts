import type { OpenModel } from "../../src/onnx/open_model.ts";
import type { Radiograph, SegmentationPlan } from "../../src/types.ts";

export const PLAN: SegmentationPlan = { firstPx: 128, inputPx: 128, windowRadii: 9, threshold: 0.5 };

/**
 * A substitute for the segmentation network that uses only the scaled grey values: values above 0.5 are a head,
 * values above 0.85 a left head, and a film with a mean above 0.6 is a negative.
 */
export const READS_GREY = {
  run({ film }: { film: { data: Float32Array; dims: readonly number[] } }) {
    const [n, , size] = film.dims, pixels = size * size, data = new Float32Array(n * 4 * pixels);
    for (let k = 0; k < n; k++) {
      const grey = film.data.subarray(2 * k * pixels, (2 * k + 1) * pixels);
      const inverted = grey.reduce((sum, v) => sum + v, 0) / pixels > 0.6 ? 1 : 0;
      for (let i = 0; i < pixels; i++) {
        data[4 * k * pixels + i] = grey[i] > 0.5 ? 0.99 : 0.01;
        data[(4 * k + 1) * pixels + i] = grey[i] > 0.85 ? 0.95 : 0.05;
        data[(4 * k + 3) * pixels + i] = inverted;
      }
    }
    return Promise.resolve({ maps: { data, dims: [n, 4, size, size] } });
  },
} as unknown as OpenModel;

export type Disc = readonly [x: number, y: number, radius: number, value: number];
export const RIGHT: Disc = [250, 320, 42, 700], LEFT: Disc = [560, 330, 44, 1000];

/** A film of bright discs on black, or its negative. */
export function discFilm(
  discs: readonly Disc[],
  { inverted = false, headerSide = "unknown" as Radiograph["headerSide"] } = {},
): Radiograph {
  const widthPx = 800, heightPx = 600, pixels = new Float32Array(widthPx * heightPx);
  for (const [cx, cy, radius, value] of discs) {
    for (let i = 0; i < pixels.length; i++) {
      if (Math.hypot(i % widthPx - cx, Math.floor(i / widthPx) - cy) <= radius) pixels[i] = value;
    }
  }
  if (inverted) { for (let i = 0; i < pixels.length; i++) pixels[i] = 1000 - pixels[i]; }
  return {
    kind: "radiograph",
    widthPx,
    heightPx,
    pixels,
    padding: null,
    bitsStored: 12,
    pixelSpacingMm: null,
    spacingSource: "none",
    headerSide,
    storedSha256: "",
  };
}
