import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { sampleSquare } from "../../src/image/sample_square.ts";
import type { GreyImage } from "../../src/types.ts";

function image(widthPx: number, heightPx: number, value: (x: number, y: number) => number): GreyImage {
  const pixels = Float32Array.from(
    { length: widthPx * heightPx },
    (_, i) => value(i % widthPx, Math.floor(i / widthPx)),
  );
  return { kind: "grey-image", widthPx, heightPx, pixels };
}

Deno.test("sampleSquare: if every output pixel coincides with an input pixel, the values are copied", () => {
  const prng = seededPrng(2), film = image(9, 8, () => prng());
  const { pixels } = sampleSquare(film, { centerPx: [4, 3], halfSidePx: 2.5, sizePx: 5 });
  for (let y = 0; y < 5; y++) {
    for (let x = 0; x < 5; x++) assertEquals(pixels[y * 5 + x], film.pixels[(1 + y) * 9 + 2 + x]);
  }
});

Deno.test("sampleSquare: a linear ramp is reproduced, exactly when enlarging, to thousandths of a pixel when shrinking", () => {
  const film = image(40, 40, (x, y) => 3 * x - 2 * y + 5);
  for (const [center, halfSidePx, sizePx] of [[[19.3, 20.8], 5, 16], [[20, 19.5], 12.7, 8]] as const) {
    const { pixels } = sampleSquare(film, { centerPx: center, halfSidePx, sizePx }),
      step = 2 * halfSidePx / sizePx;
    const at = (i: number, c: number) => c - halfSidePx + (i + 0.5) * step;
    const expected = Array.from(
      pixels,
      (_, i) => 3 * at(i % sizePx, center[0]) - 2 * at(Math.floor(i / sizePx), center[1]) + 5,
    );
    assertClose(pixels, expected, { absolute: step <= 1 ? 1e-4 : 0.01 });
  }
});

Deno.test("sampleSquare: shrinking filters the image, so a chequerboard of single pixels becomes its mean", () => {
  const film = image(64, 64, (x, y) => (x + y) % 2);
  const { pixels } = sampleSquare(film, { centerPx: [31.5, 31.5], halfSidePx: 24, sizePx: 6 });
  assertClose(pixels, new Array(36).fill(0.5), { absolute: 1e-6 });
});

Deno.test("sampleSquare: outputs midway between pixels change continuously where shrinking begins", () => {
  const prng = seededPrng(3), film = image(40, 40, () => prng());
  const at = (halfSidePx: number) =>
    sampleSquare(film, { centerPx: [20, 20], halfSidePx, sizePx: 16 }).pixels;
  const below = at(8 - 1e-4), above = at(8 + 1e-4);
  const largest = below.reduce((most, value, i) => Math.max(most, Math.abs(value - above[i])), 0);
  assert(largest < 1e-3, `a step of 2e-4 px moved a pixel by ${largest}`);
});

Deno.test("sampleSquare: mirror swaps left and right", () => {
  const prng = seededPrng(4), film = image(20, 20, () => prng());
  const options = { centerPx: [9.2, 10.1], halfSidePx: 6, sizePx: 7 } as const;
  const plain = sampleSquare(film, options).pixels,
    mirrored = sampleSquare(film, { ...options, mirror: true }).pixels;
  for (let y = 0; y < 7; y++) {
    for (let x = 0; x < 7; x++) assertEquals(mirrored[y * 7 + x], plain[y * 7 + 6 - x]);
  }
});

Deno.test("sampleSquare: beyond the border is the fill value, or the border pixel", () => {
  const film = image(10, 10, () => 4), far = { centerPx: [0, 0], halfSidePx: 4, sizePx: 8 } as const;
  const filled = sampleSquare(film, { ...far, fill: -1 }).pixels;
  assertEquals([filled[0], filled[8 * 8 - 1]], [-1, 4]);
  assertClose(sampleSquare(film, { ...far, fill: "edge" }).pixels, new Array(64).fill(4), { relative: 1e-6 });
  assertClose(sampleSquare(film, { centerPx: [-90, 5], halfSidePx: 4, sizePx: 2, fill: "edge" }).pixels, [
    4,
    4,
    4,
    4,
  ]);
});

Deno.test("sampleSquare: fill NaN marks exactly the pixels outside", () => {
  const film = image(10, 10, () => 4);
  const { pixels } = sampleSquare(film, { centerPx: [4.5, 4.5], halfSidePx: 10, sizePx: 20, fill: NaN });
  const inside = (at: number) => at >= 5 && at < 15;
  pixels.forEach((value, i) => assertEquals(value, inside(i % 20) && inside(Math.floor(i / 20)) ? 4 : NaN));
});

Deno.test("sampleSquare: rejects empty squares and coordinates that are not finite", () => {
  const film = image(4, 4, () => 0);
  assertThrows(
    () => sampleSquare(film, { centerPx: [1, 1], halfSidePx: 0, sizePx: 4 }),
    RangeError,
    "halfSidePx > 0",
  );
  assertThrows(
    () => sampleSquare(film, { centerPx: [NaN, 1], halfSidePx: 1, sizePx: 4 }),
    RangeError,
    "finite",
  );
  assertThrows(
    () => sampleSquare(film, { centerPx: [1, 1], halfSidePx: 1, sizePx: 0 }),
    RangeError,
    "sizePx",
  );
});
