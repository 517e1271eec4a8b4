import type { GreyImage } from "../../types.ts";
import { modalityValues } from "./modality_values.ts";
import type { Samples, StoredImage } from "../stored/stored_image.ts";
import { voiValues } from "./voi_values.ts";

/**
 * The film as its header wants it shown: modality, then VOI, then inversion, scaled to 0 (dark) to 1 (bright).
 * For the eye only; see {@linkcode toRadiograph} for what is measured.
 *
 * @param image a grey film of one sample a pixel; of several frames the first.
 * @throws {TypeError} if the film is in colour.
 */
export function displayImage(image: StoredImage): GreyImage {
  const { rows, columns, samplesPerPixel, rules } = image;
  if (samplesPerPixel !== 1) {
    throw new TypeError(`Cannot display the film: 1 sample a pixel is wanted, got ${samplesPerPixel}`);
  }
  const first = image.samples.subarray(0, rows * columns) as Samples;
  const { values, scale } = voiValues(modalityValues(first, image), { rules });
  const low = Math.min(...scale), range = Math.abs(scale[1] - scale[0]) || 1;
  const pixels = Float32Array.from(values, (value) => {
    const shown = Math.min(1, Math.max(0, (value - low) / range));
    return rules.inverted ? 1 - shown : shown;
  });
  return { kind: "grey-image", widthPx: columns, heightPx: rows, pixels };
}
