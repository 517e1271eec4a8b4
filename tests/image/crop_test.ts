import { assertEquals, assertThrows } from "@std/assert";
import { crop } from "../../src/image/crop.ts";
import type { GreyImage } from "../../src/types.ts";

const image: GreyImage = {
  kind: "grey-image",
  widthPx: 3,
  heightPx: 2,
  pixels: Float32Array.of(1, 2, 3, 4, 5, 6),
};

Deno.test("crop: cuts out a box without resampling", () => {
  const { pixels, widthPx, heightPx } = crop(image, { x: 1, y: 0, width: 2, height: 2 });
  assertEquals([widthPx, heightPx], [2, 2]);
  assertEquals(pixels, Float32Array.of(2, 3, 5, 6));
});

Deno.test("crop: the part beyond the border is filled", () => {
  assertEquals(
    crop(image, { x: -1, y: 1, width: 3, height: 2, fill: 9 }).pixels,
    Float32Array.of(9, 4, 5, 9, 9, 9),
  );
  assertEquals(crop(image, { x: 7, y: 7, width: 1, height: 2 }).pixels, Float32Array.of(0, 0));
});

Deno.test("crop: rejects empty boxes and fractional pixels", () => {
  assertThrows(() => crop(image, { x: 0, y: 0, width: 0, height: 1 }), RangeError, "not empty");
  assertThrows(() => crop(image, { x: 0.5, y: 0, width: 1, height: 1 }), RangeError, "whole pixels");
});
