import type { OpenModel, Tensor } from "../onnx/open_model.ts";
import type { HeadCrop, LatentVector } from "../types.ts";
import { localContrast } from "./local_contrast.ts";
import { wholeCode } from "./whole_code.ts";
import { InputError } from "../input_error.ts";

/**
 * Encodes many crops in batches, after `localContrast`, to q(z|x). On the CPU the result is bit-identical for every
 * batch size.
 *
 * @param encoder Input `image` [n, 1, s, s], outputs `mean` and `logvar` (or `variance`) [n, d] and, if the decoder
 * takes d + e coordinates, `rest` [n, e].
 * @param options.batch Heads per run. @default {32}
 * @param options.contrasts Input of the encoder for each crop, [s, s]. @default `localContrast` of the crop
 * @throws {TypeError} if a crop has another size than the encoder's input.
 * @throws {InputError} if a pixel or a latent coordinate is not finite; the message names the head's index.
 */
export async function encodeCrops(
  crops: readonly HeadCrop[],
  encoder: OpenModel,
  { batch = 32, contrasts }: { batch?: number; contrasts?: readonly Float32Array[] } = {},
): Promise<LatentVector[]> {
  const sizePx = Number(encoder.inputs.image?.[3]);
  const latents: LatentVector[] = [];
  for (let start = 0; start < crops.length; start += batch) {
    const some = crops.slice(start, start + batch);
    const image = stackCrops(some, { sizePx, start, contrasts }); // [n, 1, s, s]
    const { mean, logvar, variance, rest } = await encoder.run({
      image: { data: image, dims: [some.length, 1, sizePx, sizePx] },
    });
    const d = mean.dims[1];
    for (let i = 0; i < some.length; i++) {
      const row = ({ data }: Tensor, size = d) => Float64Array.from(data.subarray(i * size, (i + 1) * size)); // [size]
      const latent: LatentVector = {
        ...{
          kind: "latent-vector",
          mean: row(mean),
          logVariance: logvar ? row(logvar) : row(variance).map(Math.log),
        },
        ...(rest ? { rest: row(rest, rest.dims[1]) } : {}),
      };
      if (![...wholeCode(latent), ...latent.logVariance].every(Number.isFinite)) {
        throw new InputError(
          `Cannot encode head ${
            start + i
          }: the latent vector must be finite, got mean ${latent.mean} and log variance ${latent.logVariance}`,
        );
      }
      latents.push(latent);
    }
  }
  return latents;
}

/** Encodes one crop to q(z|x). */
export async function encodeCrop(crop: HeadCrop, encoder: OpenModel): Promise<LatentVector> {
  return (await encodeCrops([crop], encoder))[0];
}

function stackCrops(
  crops: readonly HeadCrop[],
  { sizePx, start, contrasts }: { sizePx: number; start: number; contrasts?: readonly Float32Array[] },
): Float32Array {
  const area = sizePx * sizePx;
  const image = new Float32Array(crops.length * area);
  crops.forEach((crop, i) => {
    if (crop.sizePx !== sizePx || crop.pixels.length !== area) {
      throw new TypeError(
        `Cannot encode head ${start + i}: crops must be ${sizePx} px for this encoder, got ${crop.sizePx} px`,
      );
    }
    for (let at = 0; at < area; at++) {
      if (Number.isFinite(crop.pixels[at])) continue;
      throw new InputError(
        `Cannot encode head ${start + i}: pixels must be finite, got ${crop.pixels[at]} at ${at}`,
      );
    }
    image.set(contrasts?.[start + i] ?? localContrast(crop.pixels, sizePx), i * area);
  });
  return image;
}
