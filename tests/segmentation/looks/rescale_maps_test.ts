import { assert, assertEquals } from "@std/assert";
import { rescaleMaps } from "../../../src/segmentation/looks/rescale_maps.ts";

const SIZE = 64;
/** A disc about the middle of the window, soft at its edge. */
const disc = (radius: number) =>
  Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
    const x = i % SIZE + 0.5 - SIZE / 2, y = Math.floor(i / SIZE) + 0.5 - SIZE / 2;
    return Math.min(1, Math.max(0, radius - Math.hypot(x, y)));
  });
const maps = (radius: number) => ({
  head: disc(radius),
  left: disc(radius),
  implant: disc(radius),
  inverted: 0.25,
});
const sum = (map: Float32Array) => map.reduce((a, b) => a + b, 0);

Deno.test("rescaleMaps rescales the maps of a wider window to the size of the narrower one, about the same centre", () => {
  const { head, left, implant, inverted } = rescaleMaps(maps(12), { scale: 1.25, sizePx: SIZE });
  const area = sum(disc(15));
  for (const map of [head, left, implant]) assert(Math.abs(sum(map) / area - 1) < 0.02);
  assert(Math.abs(head[31 * SIZE + 32] - 1) < 1e-6 && head[2 * SIZE + 2] === 0);
  assertEquals(head, head.toReversed(), "symmetric about the middle");
  assertEquals(inverted, 0.25);
});

Deno.test("rescaleMaps does not change maps with a scale of 1", () => {
  const plain = maps(12);
  assertEquals(rescaleMaps(plain, { scale: 1, sizePx: SIZE }), plain);
});
