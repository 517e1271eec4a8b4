import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { resize } from "../../src/image/resize.ts";
import type { GreyImage } from "../../src/types.ts";

function image(widthPx: number, heightPx: number, value: (x: number, y: number) => number): GreyImage {
  const pixels = Float32Array.from(
    { length: widthPx * heightPx },
    (_, i) => value(i % widthPx, Math.floor(i / widthPx)),
  );
  return { kind: "grey-image", widthPx, heightPx, pixels };
}

const prng = seededPrng(1);
const noise = image(12, 10, () => prng());

Deno.test("resize: the same size gives exactly the same pixels", () => {
  assertEquals(resize(noise, { widthPx: 12, heightPx: 10 }).pixels, noise.pixels);
});

Deno.test("resize: shrinking by whole factors gives the mean of each block", () => {
  const { pixels } = resize(noise, { widthPx: 4, heightPx: 5 });
  const expected = Array.from({ length: 20 }, (_, i) => {
    let sum = 0;
    for (let y = 0; y < 2; y++) {
      for (let x = 0; x < 3; x++) sum += noise.pixels[(Math.floor(i / 4) * 2 + y) * 12 + (i % 4) * 3 + x];
    }
    return sum / 6;
  });
  assertClose(pixels, expected, { relative: 1e-6 });
});

Deno.test("resize: shrinking by any factor keeps the mean of the image", () => {
  const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / values.length;
  for (const [widthPx, heightPx] of [[7, 3], [11, 9], [1, 1], [5, 10]]) {
    assertClose(mean(resize(noise, { widthPx, heightPx }).pixels), mean(noise.pixels), { relative: 1e-6 });
  }
});

Deno.test("resize: an input pixel that is partly in a footprint is weighted by that part", () => {
  const row = image(3, 1, (x) => [1, 2, 4][x]);
  // Footprints [0, 1.5) and [1.5, 3): (1 + 2 / 2) / 1.5 and (2 / 2 + 4) / 1.5.
  assertClose(resize(row, { widthPx: 2, heightPx: 1 }).pixels, [2 / 1.5, 5 / 1.5], { relative: 1e-6 });
});

Deno.test("resize: enlarging interpolates between half-pixel centres and repeats the border", () => {
  const row = image(2, 1, (x) => 10 * x);
  // Output centres at -0.25, 0.25, 0.75, 1.25 of the input.
  assertClose(resize(row, { widthPx: 4, heightPx: 1 }).pixels, [0, 2.5, 7.5, 10], { absolute: 1e-6 });
});

Deno.test("resize: one axis may shrink while the other grows; a constant image stays constant", () => {
  const flat = image(9, 4, () => 3.5);
  const { pixels, widthPx, heightPx } = resize(flat, { widthPx: 4, heightPx: 11 });
  assertEquals([widthPx, heightPx, pixels.length], [4, 11, 44]);
  assertClose(pixels, new Array(44).fill(3.5), { relative: 1e-6 });
});

Deno.test("resize: rejects sizes that are not whole numbers from 1, and images of inconsistent size", () => {
  assertThrows(() => resize(noise, { widthPx: 0, heightPx: 4 }), RangeError, "got 0 x 4");
  assertThrows(() => resize(noise, { widthPx: 2.5, heightPx: 4 }), RangeError, "whole numbers");
  assertThrows(
    () => resize({ ...noise, widthPx: 13 }, { widthPx: 2, heightPx: 2 }),
    TypeError,
    "needs 130 values",
  );
});
