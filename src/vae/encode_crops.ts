import type { OpenModel } from "../onnx/open_model.ts";
import type { HeadCrop, LatentVector } from "../types.ts";
import { localContrast } from "./local_contrast.ts";

/**
 * q(z|x) of many heads, some at a time, after `localContrast`; the batch does not change a bit of the result.
 *
 * @param encoder Input `image` [n, 1, s, s], outputs `mean` and `logvar` [n, d].
 * @param options.batch Heads a run. @default {32}
 * @throws {TypeError} if a crop is not of the encoder's size.
 * @throws {RangeError} if a crop or a result is not finite, naming the head's place in the list.
 */
export async function encodeCrops(
  crops: readonly HeadCrop[],
  encoder: OpenModel,
  { batch = 32 }: { batch?: number } = {},
): Promise<LatentVector[]> {
  const sizePx = Number(encoder.inputs.image?.[3]);
  const latents: LatentVector[] = [];
  for (let start = 0; start < crops.length; start += batch) {
    const some = crops.slice(start, start + batch);
    const image = stackCrops(some, { sizePx, start }); // [n, 1, s, s]
    const { mean, logvar } = await encoder.run({
      image: { data: image, dims: [some.length, 1, sizePx, sizePx] },
    });
    const d = mean.dims[1];
    for (let i = 0; i < some.length; i++) {
      const row = (data: Float32Array) => Float64Array.from(data.subarray(i * d, (i + 1) * d)); // [d]
      const latent = { kind: "latent-vector", mean: row(mean.data), logVariance: row(logvar.data) } as const;
      if (![...latent.mean, ...latent.logVariance].every(Number.isFinite)) {
        throw new RangeError(`Cannot encode head ${start + i}: the code is finite, got ${latent.mean}`);
      }
      latents.push(latent);
    }
  }
  return latents;
}

/** q(z|x) of one head. */
export async function encodeCrop(crop: HeadCrop, encoder: OpenModel): Promise<LatentVector> {
  return (await encodeCrops([crop], encoder))[0];
}

function stackCrops(
  crops: readonly HeadCrop[],
  { sizePx, start }: { sizePx: number; start: number },
): Float32Array {
  const area = sizePx * sizePx;
  const image = new Float32Array(crops.length * area);
  crops.forEach((crop, i) => {
    if (crop.sizePx !== sizePx || crop.pixels.length !== area) {
      throw new TypeError(
        `Cannot encode head ${start + i}: the encoder takes crops of ${sizePx} px, got ${crop.sizePx} px`,
      );
    }
    const bad = crop.pixels.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new RangeError(
        `Cannot encode head ${start + i}: pixels are finite, got ${crop.pixels[bad]} at ${bad}`,
      );
    }
    image.set(localContrast(crop.pixels, sizePx), i * area);
  });
  return image;
}
