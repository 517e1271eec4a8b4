import type { OpenModel } from "../onnx/open_model.ts";
import type { GreyImage } from "../types.ts";

/**
 * The heads that codes stand for, some at a time, as local-contrast pictures (see `localContrast`): surroundings taken off, 0.5 is mid-grey.
 *
 * @param latents Codes z, [n][d]: an encoder's mean or any other place in the latent space.
 * @param decoder Input `z` [n, d], output `image` [n, 1, s, s] from 0 to 1.
 * @param options.batch Codes a run. @default {32}
 * @throws {TypeError} if a code is not of the decoder's size.
 * @throws {RangeError} if a code is not finite.
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
          `Cannot decode code ${start + i}: it must have ${d} numbers, got ${latent.length}`,
        );
      }
      if (!latent.every(Number.isFinite)) {
        throw new RangeError(`Cannot decode code ${start + i}: its numbers must be finite, got ${latent}`);
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

/** The head one code stands for. */
export async function decodeLatent(latent: Float64Array, decoder: OpenModel): Promise<GreyImage> {
  return (await decodeLatents([latent], decoder))[0];
}
