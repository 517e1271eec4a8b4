import { resize } from "../image/resize.ts";
import type { HeadCrop } from "../types.ts";
import { localContrast } from "./local_contrast.ts";
import { POOL } from "./vae_network.ts";

/**
 * Half-size images of the crops after `localContrast`, in shared memory, [n, s, s] with s = sizePx / 2.
 *
 * @throws {TypeError} if a crop has another size. @throws {RangeError} if a pixel is not finite.
 */
export function halfSize(crops: readonly HeadCrop[], { sizePx }: { sizePx: number }): SharedArrayBuffer {
  const halfPx = sizePx / POOL;
  const buffer = new SharedArrayBuffer(4 * halfPx * halfPx * crops.length);
  const all = new Float32Array(buffer);
  crops.forEach((crop, i) => {
    if (crop.sizePx !== sizePx || crop.pixels.length !== sizePx * sizePx) {
      throw new TypeError(
        `Cannot train the VAE: crops must be ${sizePx} px, got ${crop.sizePx} px for crop ${i}`,
      );
    }
    if (!crop.pixels.every(Number.isFinite)) {
      throw new RangeError(`Cannot train the VAE: pixels must be finite, those of crop ${i} are not`);
    }
    const image = {
      ...{ kind: "grey-image", widthPx: sizePx, heightPx: sizePx } as const,
      pixels: localContrast(crop.pixels, sizePx),
    };
    all.set(resize(image, { widthPx: halfPx, heightPx: halfPx }).pixels, i * halfPx * halfPx);
  });
  return buffer;
}
