import type { OpenModel } from "../onnx/open_model.ts";
import type { GreyImage } from "../types.ts";

/**
 * Decodes latent vectors in batches to local-contrast images (see `localContrast`), where 0.5 means equal to the local
 * mean.
 *
 * @param latents Latent vectors z, [n][d]: an encoder's mean or any other point of the latent space.
 * @param decoder Input `z` [n, d], output `image` [n, 1, s, s] from 0 to 1.
 * @param options.batch Latent vectors per run. @default {32}
 * @throws {TypeError} if a latent vector has another length than the decoder's input.
 * @throws {RangeError} if a value is not finite.
 */
export async function decodeLatents(
  latents: readonly Float64Array[],
  decoder: OpenModel,
  { batch = 32 }: { batch?: number } = {},
): Promise<GreyImage[]> {
  const d = Number(decoder.inputs.z?.[1]);
  const images: GreyImage[] = [];
  for (let start = 0; start < latents.length; start += batch) {
    const some = latents.slice(start, start + batch);
    const z = new Float32Array(some.length * d); // [n, d]
    some.forEach((latent, i) => {
      if (latent.length !== d) {
        throw new TypeError(
          `Cannot decode latent vector ${start + i}: it must have ${d} numbers, got ${latent.length}`,
        );
      }
      if (!latent.every(Number.isFinite)) {
        throw new RangeError(
          `Cannot decode latent vector ${start + i}: its numbers must be finite, got ${latent}`,
        );
      }
      z.set(latent, i * d);
    });
    const { image } = await decoder.run({ z: { data: z, dims: [some.length, d] } });
    const [, , heightPx, widthPx] = image.dims, area = heightPx * widthPx;
    for (let i = 0; i < some.length; i++) {
      const pixels = image.data.slice(i * area, (i + 1) * area);
      images.push({ kind: "grey-image", widthPx, heightPx, pixels });
    }
  }
  return images;
}

/** Decodes one latent vector. */
export async function decodeLatent(latent: Float64Array, decoder: OpenModel): Promise<GreyImage> {
  return (await decodeLatents([latent], decoder))[0];
}
