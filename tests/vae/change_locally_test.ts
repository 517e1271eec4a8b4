import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { changeLocally } from "../../src/vae/change_locally.ts";
import { smoothField } from "../../src/vae/smooth_field.ts";
import { localChangesOf } from "../../src/vae/vae_settings.ts";

const sizePx = 64;
const waves = Float32Array.from(
  { length: sizePx * sizePx },
  (_v, i) => 0.5 + 0.2 * Math.sin(i % sizePx / 3) * Math.cos(Math.floor(i / sizePx) / 4),
);

function changed(seed: number, strength = 2) {
  const pixels = waves.slice();
  changeLocally(pixels, { sizePx, changes: localChangesOf(strength), prng: seededPrng(seed) });
  return pixels;
}

Deno.test("changeLocally: a change affects less than 60 % of a crop's pixels, keeps greys from 0 to 1 and varies in size; more than 40 of 60 draws affect over 2 % of the pixels", () => {
  const shares = Array.from({ length: 60 }, (_v, seed) => {
    const pixels = changed(seed);
    assert(pixels.every((value) => value >= 0 && value <= 1));
    return pixels.filter((value, i) => Math.abs(value - waves[i]) > 0.02).length / pixels.length;
  });
  assert(shares.every((share) => share < 0.6), `the largest share is ${Math.max(...shares)}`);
  assert(shares.filter((share) => share > 0.02).length > 40, "most draws must change something");
  assert(Math.max(...shares) > 3 * shares.toSorted((a, b) => a - b)[15], "regions must differ in size");
});

Deno.test("changeLocally: changes grow with the strength, and the same seed gives the same change", () => {
  const size = (strength: number) => {
    let sum = 0;
    for (let seed = 0; seed < 40; seed++) {
      changed(seed, strength).forEach((value, i) => sum += Math.abs(value - waves[i]));
    }
    return sum;
  };
  assertEquals(size(0), 0);
  assert(size(1) > 0 && size(2) > 1.4 * size(1));
  assertEquals(changed(5), changed(5));
  assert(changed(5).some((value, i) => value !== changed(6)[i]));
});

Deno.test("smoothField: neighbouring values differ little, and the variance is between 0.4 and 1.2", () => {
  let squares = 0, steps = 0;
  for (let seed = 0; seed < 50; seed++) {
    const field = smoothField(sizePx, 6, seededPrng(seed));
    field.forEach((value, i) => {
      squares += value ** 2;
      if (i % sizePx > 0) steps += (value - field[i - 1]) ** 2;
    });
  }
  const count = 50 * sizePx * sizePx;
  assert(squares / count > 0.4 && squares / count < 1.2, `variance ${squares / count}`);
  assert(steps < 0.03 * squares);
});
