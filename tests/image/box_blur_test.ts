import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { boxBlur } from "../../src/image/box_blur.ts";
import type { GreyImage } from "../../src/types.ts";

const prng = seededPrng(5), widthPx = 11, heightPx = 7;
const film: GreyImage = {
  kind: "grey-image",
  widthPx,
  heightPx,
  pixels: Float32Array.from({ length: widthPx * heightPx }, () => prng()),
};

/** Reference: the mean over those pixels of the square that are inside the image, computed directly. */
function direct(x: number, y: number, radius: number): number {
  let sum = 0, count = 0;
  for (let j = Math.max(0, y - radius); j <= Math.min(heightPx - 1, y + radius); j++) {
    for (let i = Math.max(0, x - radius); i <= Math.min(widthPx - 1, x + radius); i++) {
      sum += film.pixels[j * widthPx + i];
      count++;
    }
  }
  return sum / count;
}

Deno.test("boxBlur: agrees with a direct mean, also for radii larger than the image", () => {
  for (const radiusPx of [1, 3, 20]) {
    const expected = Array.from(
      film.pixels,
      (_, i) => direct(i % widthPx, Math.floor(i / widthPx), radiusPx),
    );
    assertClose(boxBlur(film, { radiusPx }).pixels, expected, { relative: 1e-5 });
  }
});

Deno.test("boxBlur: radius 0 changes nothing; a radius must be a whole number", () => {
  assertClose(boxBlur(film, { radiusPx: 0 }).pixels, film.pixels, { absolute: 1e-6 });
  assertThrows(() => boxBlur(film, { radiusPx: 1.5 }), RangeError, "whole number");
  assertEquals(boxBlur(film, { radiusPx: 2 }).heightPx, heightPx);
});
