import { assertClose, assertEquals, assertRejects } from "@std/assert";
import type { OpenModel } from "../../src/onnx/open_model.ts";
import type { HeadCrop } from "../../src/types.ts";
import { decodeLatents } from "../../src/vae/decode_latents.ts";
import { encodeCrop, encodeCrops } from "../../src/vae/encode_crops.ts";
import { localContrast } from "../../src/vae/local_contrast.ts";

/**
 * A substitute autoencoder: the latent vector is (sum of pixels, first pixel), the decoded image repeats its first
 * number.
 */
function standIn(batches: number[] = [], { broken = false } = {}): OpenModel {
  return {
    device: "cpu",
    reason: "",
    tried: [],
    inputs: { image: ["n", 1, 2, 2], z: ["n", 2] },
    outputs: {},
    close: () => Promise.resolve(),
    run: ({ image, z }) => {
      const n = (image ?? z).dims[0];
      batches.push(n);
      if (z) {
        const data = Float32Array.from({ length: 4 * n }, (_v, i) => z.data[2 * Math.floor(i / 4)]);
        return Promise.resolve({ image: { data, dims: [n, 1, 2, 2] } });
      }
      const mean = Float32Array.from({ length: 2 * n }, (_v, i) => {
        const pixels = image.data.subarray(4 * (i >> 1), 4 * (i >> 1) + 4);
        return i % 2 ? pixels[0] : pixels.reduce((a, b) => a + b, 0);
      });
      const logvar = mean.map((value) => broken ? NaN : -value);
      return Promise.resolve({ mean: { data: mean, dims: [n, 2] }, logvar: { data: logvar, dims: [n, 2] } });
    },
  };
}

const cropOf = (...pixels: number[]): HeadCrop => ({
  kind: "head-crop",
  side: "right",
  sizePx: 2,
  pixels: Float32Array.from(pixels),
});

Deno.test("encodeCrops: every crop gets its own latent vector when 3 crops are encoded in batches of 2, and encodeCrop gives the same vector", async () => {
  const crops = [cropOf(1, 0, 0, 0), cropOf(0, 1, 1, 1), cropOf(0.5, 0.5, 0, 0)];
  const batches: number[] = [];
  const latents = await encodeCrops(crops, standIn(batches), { batch: 2 });
  assertEquals(batches, [2, 1]);
  latents.forEach(({ mean, logVariance }, i) => {
    const seen = localContrast(crops[i].pixels, 2);
    assertClose(mean, [seen.reduce((a, b) => a + b, 0), seen[0]], { relative: 1e-6 });
    assertEquals(logVariance, mean.map((value) => -value));
  });
  assertEquals(await encodeCrop(crops[2], standIn()), latents[2]);
});

Deno.test("encodeCrops: NaN in a crop is reported with the crop's index; a wrong size and a latent vector with NaN are rejected", async () => {
  const crops = [cropOf(1, 0, 0, 0), cropOf(0, NaN, 0, 0)];
  await assertRejects(
    () => encodeCrops(crops, standIn(), { batch: 1 }),
    RangeError,
    "head 1: pixels must be finite",
  );
  const large = { ...cropOf(1), sizePx: 1 };
  await assertRejects(
    () => encodeCrops([large], standIn()),
    TypeError,
    "crops must be 2 px for this encoder, got 1 px",
  );
  const broken = standIn([], { broken: true });
  await assertRejects(() => encodeCrops([crops[0]], broken), RangeError, "the latent vector must be finite");
});

Deno.test("decodeLatents: images are in the order of the latent vectors; wrong lengths and NaN are rejected", async () => {
  const images = await decodeLatents([Float64Array.of(1, 0), Float64Array.of(0.5, 9)], standIn(), {
    batch: 1,
  });
  assertEquals(images.map(({ pixels }) => [...pixels]), [[1, 1, 1, 1], [0.5, 0.5, 0.5, 0.5]]);
  assertEquals([images[0].widthPx, images[0].heightPx], [2, 2]);
  await assertRejects(
    () => decodeLatents([Float64Array.of(1)], standIn()),
    TypeError,
    "it must have 2 numbers, got 1",
  );
  await assertRejects(() => decodeLatents([Float64Array.of(1, NaN)], standIn()), RangeError, "finite");
});
