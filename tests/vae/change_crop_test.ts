import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { changeCrop } from "../../src/vae/change_crop.ts";
import type { CropChanges } from "../../src/vae/vae_settings.ts";

const sizePx = 32;
const noChanges: CropChanges = {
  ...{ shift: 0, scale: 0, turnDegrees: 0, contrast: 0, blurPx: 0, noise: 0, compressed: 0 },
};
const ramp = Float32Array.from({ length: sizePx * sizePx }, (_v, i) => (i % sizePx) / (sizePx - 1));

function changed(pixels: Float32Array, changes: CropChanges, seed = 1) {
  const into = { target: new Float32Array(pixels.length), input: new Float32Array(pixels.length) };
  changeCrop(pixels, { sizePx, changes, prng: seededPrng(seed), into });
  return into;
}

Deno.test("changeCrop: without changes, the encoder's input and the decoder's target are the crop itself", () => {
  const { target, input } = changed(ramp, noChanges);
  assertClose(target, ramp, { absolute: 1e-6 });
  assertClose(input, ramp, { absolute: 1e-6 });
});

Deno.test("changeCrop: a shift moves a bright spot by at most the configured share of the crop's side and keeps the sum of its greys", () => {
  const spot = new Float32Array(sizePx * sizePx);
  spot[16 * sizePx + 16] = 1;
  for (let seed = 1; seed <= 20; seed++) {
    const { target } = changed(spot, { ...noChanges, shift: 0.1 }, seed);
    let weight = 0, x = 0, y = 0;
    target.forEach((v, i) => (weight += v, x += v * (i % sizePx), y += v * Math.floor(i / sizePx)));
    assertClose(weight, 1, { absolute: 1e-5 });
    assert(Math.abs(x - 16) <= 3.21 && Math.abs(y - 16) <= 3.21, `moved to ${x}, ${y}`);
  }
});

Deno.test("changeCrop: noise and blur affect only the encoder's input, not the decoder's target", () => {
  const flat = new Float32Array(sizePx * sizePx).fill(0.5);
  const { target, input } = changed(flat, { ...noChanges, noise: 0.05, blurPx: 0.7 }, 3);
  assertClose(target, flat, { absolute: 1e-6 });
  const sd = Math.sqrt(input.reduce((sum, v) => sum + (v - 0.5) ** 2, 0) / input.length);
  assert(sd > 0.001 && sd < 0.06, `sd ${sd}`);
});

Deno.test("changeCrop: compression affects only the encoder's input, and about the configured share of the crops", () => {
  const busy = ramp.map((v, i) => 0.5 * v + 0.4 * ((i * 37) % 11) / 11);
  const off = (compressed: number, seed: number) => {
    const { target, input } = changed(busy, { ...noChanges, compressed }, seed);
    assertClose(target, busy, { absolute: 1e-6 });
    return Math.max(...input.map((v, i) => Math.abs(v - busy[i])));
  };
  const seeds = Array.from({ length: 40 }, (_, i) => i + 1);
  assert(seeds.every((seed) => off(1, seed) > 0.005 && off(1, seed) < 0.4));
  const some = seeds.filter((seed) => off(0.4, seed) > 0.005).length;
  assert(some > 6 && some < 26, `${some} of 40`);
});

Deno.test("changeCrop: a change of contrast keeps greys from 0 to 1 and their order", () => {
  const { target } = changed(ramp, { ...noChanges, contrast: 0.3 }, 5);
  assert(target.every((v) => v >= 0 && v <= 1));
  for (let x = 1; x < sizePx; x++) assert(target[x] >= target[x - 1]);
});

Deno.test("changeCrop: the same seed gives the same result, a different seed a different one", () => {
  const busy: CropChanges = { ...noChanges, shift: 0.05, turnDegrees: 8, noise: 0.02 };
  assertEquals(changed(ramp, busy, 9), changed(ramp, busy, 9));
  assert(changed(ramp, busy, 9).input.some((v, i) => v !== changed(ramp, busy, 10).input[i]));
});
