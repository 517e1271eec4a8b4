import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { readyCrop } from "../../src/vae/ready_crop.ts";

const plan = { sizePx: 16, halfSideRadii: 1.35, intensityQuantiles: [0, 1] } as const;

function gradient(widthPx: number, heightPx: number, scale: number) {
  const pixels = Float32Array.from(
    { length: widthPx * heightPx },
    (_v, i) => scale * (i % widthPx) / widthPx + 7,
  );
  return { kind: "grey-image", widthPx, heightPx, pixels } as const;
}

Deno.test("readyCrop: crops of different size and contrast give the same pixels, from 0 to 1", () => {
  const eight = readyCrop(gradient(64, 64, 255), { plan }),
    twelve = readyCrop(gradient(64, 64, 4095), { plan });
  assertEquals(eight.sizePx, 16);
  assertClose(eight.pixels, twelve.pixels, { absolute: 1e-5 });
  assertClose(Math.max(...eight.pixels), 1);
  assertClose(Math.min(...eight.pixels), 0);
  const oblong = readyCrop(gradient(300, 200, 1), { plan });
  assertClose(oblong.pixels, readyCrop(gradient(64, 64, 1), { plan }).pixels, { absolute: 0.02 });
});

Deno.test("readyCrop: the crop of a left head is mirrored", () => {
  const right = readyCrop(gradient(32, 32, 1), { plan, side: "right" });
  const left = readyCrop(gradient(32, 32, 1), { plan, side: "left" });
  assertEquals(left.side, "left");
  assert(right.pixels[0] < right.pixels[15] && left.pixels[0] > left.pixels[15]);
  assertClose(left.pixels.slice(0, 16).reverse(), right.pixels.slice(0, 16));
});

Deno.test("readyCrop: a constant crop, or one with NaN, is rejected", () => {
  assertThrows(() => readyCrop(gradient(8, 8, 0), { plan }), RangeError, "same value");
  const holed = gradient(8, 8, 1);
  holed.pixels[5] = NaN;
  assertThrows(() => readyCrop(holed, { plan }), RangeError, "NaN at 5");
});
