import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import type { Arrays } from "../../src/training/loop/recipe.ts";
import { betaAt, recipe } from "../../src/vae/vae_recipe.ts";
import { vaeSettings } from "../../src/vae/vae_settings.ts";

const sizePx = 16, area = (sizePx / 2) ** 2, count = 10; // the network's images have half the crop's size
const noChanges = { shift: 0, scale: 0, turnDegrees: 0, contrast: 0, blurPx: 0, noise: 0, compressed: 0 };
const { settings } = vaeSettings({
  n: 100,
  overrides: {
    sizePx,
    channels: [4],
    latentSize: 3,
    batch: 5,
    steps: 40,
    beta: 2,
    warmUp: 0.5,
    changes: noChanges,
  },
});
/** Crop k is filled with k / 16. */
const train = Float32Array.from({ length: count * area }, (_v, i) => Math.floor(i / area) / 16);
const made = recipe(settings, { train, validation: train });
const batchOf = (step: number) => made.batch(step, seededPrng(7).fork(step)) as Arrays;

Deno.test("VAE recipe: each epoch uses every crop once, in a new order", () => {
  const pass = (first: number) =>
    [first, first + 1].flatMap((step) => {
      const { image } = batchOf(step);
      return Array.from({ length: 5 }, (_crop, i) => Math.round(16 * image[i * area]));
    });
  const one = pass(1), two = pass(3);
  assertEquals([...one].sort((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertEquals([...two].sort((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert(one.join() !== two.join());
});

Deno.test("VAE recipe: a step's batch does not depend on the batches made before, so a resumed run gets the same batches", () => {
  const before = batchOf(4);
  batchOf(9);
  assertEquals(batchOf(4), before);
  assert(batchOf(5).noise.some((value, i) => value !== before.noise[i]));
  assertClose(before.noise.length, 5 * 3);
});

Deno.test("the weight of the KL divergence rises from 0 to beta during the warm-up", () => {
  assertEquals([0, 10, 20, 40].map((step) => betaAt(step, settings)), [0, 1, 2, 2]);
  assertEquals(betaAt(0, { ...settings, warmUp: 0 }), 2);
  assertClose(batchOf(10).beta, [1]);
});

Deno.test("VAE recipe: validation pads the last batch, and uses the latent mean without noise and the full KL weight", async () => {
  const seen: Arrays[] = [];
  const score = await made.validate!((feeds) => {
    seen.push(feeds);
    return Promise.resolve({ loss: Float32Array.of(seen.length) });
  });
  assertEquals(score, 1);
  assertEquals(seen.length, 1);
  assert(seen[0].noise.every((value) => value === 0));
  assertClose(seen[0].beta, [2]);
  assertEquals(seen[0].image.length, 16 * area);
});
