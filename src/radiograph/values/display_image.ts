import type { GreyImage } from "../../types.ts";
import { modalityValues } from "./modality_values.ts";
import type { Samples, StoredImage } from "../stored/stored_image.ts";
import { voiValues } from "./voi_values.ts";

/**
 * The film as its header says it should be displayed: modality transform, VOI transform, inversion, scaled to
 * values from 0 (dark) to 1 (bright). For display only; measurements use {@linkcode toRadiograph}.
 *
 * @param image a grey film with one sample per pixel. If it has several frames, the first is used.
 * @throws {TypeError} if a pixel has more than one sample.
 * @throws {RadiographError} `bad-header` if a transform in the header is invalid.
 */
export function displayImage(image: StoredImage): GreyImage {
  const { rows, columns, samplesPerPixel, rules } = image;
  if (samplesPerPixel !== 1) {
    throw new TypeError(`Cannot display the film: it must have 1 sample per pixel, got ${samplesPerPixel}`);
  }
  const first = image.samples.subarray(0, rows * columns) as Samples;
  const { values, scale } = voiValues(modalityValues(first, image), { rules });
  const low = Math.min(...scale), range = Math.abs(scale[1] - scale[0]) || 1;
  const pixels = Float32Array.from(values, (value) => {
    const grey = Math.min(1, Math.max(0, (value - low) / range));
    return rules.inverted ? 1 - grey : grey;
  });
  return { kind: "grey-image", widthPx: columns, heightPx: rows, pixels };
}
