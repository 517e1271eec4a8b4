import { assert, assertClose, assertEquals } from "@std/assert";
import { headContrast } from "../../../src/segmentation/looks/head_contrast.ts";
import type { GreyImage, HeadMask } from "../../../src/types.ts";

const widthPx = 120, heightPx = 100;
const head = { centerPx: [60, 50], radiusPx: 20 } as unknown as HeadMask;

function film(inside: number, outside: number): GreyImage {
  const pixels = Float32Array.from(
    { length: widthPx * heightPx },
    (_, i) => Math.hypot(i % widthPx - 60, Math.floor(i / widthPx) - 50) <= 20 ? inside : outside,
  );
  return { kind: "grey-image", widthPx, heightPx, pixels };
}

Deno.test("headContrast: positive for bright heads, negative for the negative image, independent of scale", () => {
  const bright = headContrast(film(900, 400), head);
  // A disc of share s of the whole: (a - b) / (sqrt(s (1 - s)) (a - b)), with s = 1 / 2.2 ** 2.
  assertClose(bright, 1 / Math.sqrt((1 / 4.84) * (1 - 1 / 4.84)), { relative: 0.01 });
  assertClose(headContrast(film(400, 900), head), -bright, { relative: 1e-9 });
  assertClose(headContrast(film(9e6 + 9e3, 9e6 + 4e3), head), bright, { relative: 1e-3 });
});

Deno.test("headContrast: 0 on a blank film; a head at the border is compared with the pixels on the film", () => {
  const edge = { centerPx: [0, 0], radiusPx: 20 } as unknown as HeadMask;
  assertEquals(headContrast(film(5, 5), head), 0);
  assertEquals(headContrast(film(5, 5), edge), 0);
  assert(headContrast(film(4, 9), { ...edge, centerPx: [60, 0] }) > 0); // the dark disc lies in the ring below the head
});
