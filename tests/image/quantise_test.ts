import { assertEquals, assertThrows } from "@std/assert";
import { quantise } from "../../src/image/quantise.ts";
import type { GreyImage } from "../../src/types.ts";

const image = (...values: number[]): GreyImage => ({
  kind: "grey-image",
  widthPx: values.length,
  heightPx: 1,
  pixels: Float32Array.from(values),
});

Deno.test("quantise: rounds to integer samples and clips values out of range", () => {
  assertEquals([...quantise(image(-1, 0, 0.5, 1, 2)).samples], [0, 0, 128, 255, 255]);
  assertEquals([...quantise(image(10, 15, 20), { bits: 16, low: 10, high: 20 }).samples], [0, 32768, 65535]);
});

Deno.test("quantise: NaN and an empty range are rejected", () => {
  assertThrows(() => quantise(image(0, NaN)), RangeError, "value 1 of the picture is NaN");
  assertThrows(() => quantise(image(0), { low: 1, high: 1 }), RangeError, "high must be above low");
});
