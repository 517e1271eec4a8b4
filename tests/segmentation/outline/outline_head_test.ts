import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { dice, intersectionOverUnion } from "../../../src/segmentation/outline/dice.ts";
import { fitCircle } from "../../../src/segmentation/outline/fit_circle.ts";
import { normaliseFilm } from "../../../src/segmentation/view/normalise_film.ts";
import { outlineHead } from "../../../src/segmentation/outline/outline_head.ts";
import { outlinePoints, surfaceDistance } from "../../../src/segmentation/outline/surface_distance.ts";

function disc(cx: number, cy: number, radius: number) {
  const x = Math.floor(cx - radius), y = Math.floor(cy - radius), size = Math.ceil(2 * radius) + 2;
  const mask = new Uint8Array(size * size);
  for (let i = 0; i < mask.length; i++) {
    mask[i] = Math.hypot(x + i % size - cx, y + Math.floor(i / size) - cy) <= radius ? 1 : 0;
  }
  return { boxPx: { x, y, width: size, height: size }, mask };
}

Deno.test("dice and IoU of equal, empty and shifted discs", () => {
  const a = disc(50, 40, 12), b = disc(53, 40, 12), far = disc(500, 500, 12);
  assertEquals(dice(a, a), 1);
  assertEquals(dice(a, far), 0);
  assertEquals(intersectionOverUnion(a, far), 0);
  const d = dice(a, b);
  assert(d > 0.8 && d < 0.9, `${d}`); // intersection of two discs 0.25 r apart: 0.841 of a disc
  assertClose(intersectionOverUnion(a, b), d / (2 - d)); // each measure follows from the other
  const empty = { boxPx: a.boxPx, mask: new Uint8Array(a.mask.length) };
  assertEquals(dice(empty, empty), 1);
});

Deno.test("fitCircle ignores a collapsed segment", () => {
  const points: number[] = [];
  for (let i = 0; i < 360; i++) {
    const angle = i * Math.PI / 180;
    const y = 100 * Math.sin(angle);
    const collapsed = i > 250 && i < 290; // the top is pushed in, as after collapse
    points.push(300 + 100 * Math.cos(angle), 200 + (collapsed ? y + 12 : y));
  }
  const circle = fitCircle(Float64Array.from(points));
  assertClose(circle.centerPx, [300, 200], { absolute: 0.5, relative: 0 });
  assertClose(circle.radiusPx, 100, { relative: 0.005 });
  assertThrows(() => fitCircle(new Float64Array(8)), RangeError, "at least 8");
});

Deno.test("surface distance of discs of radius 12 and 14 is 2 pixels", () => {
  const distance = surfaceDistance(disc(50, 40, 12), disc(50, 40, 14));
  assertClose(distance.meanPx, 2, { absolute: 0.3, relative: 0 });
  assert(distance.p95Px >= distance.meanPx && distance.p95Px < 3);
  assert(outlinePoints(disc(50, 40, 12)).length / 2 > 60);
});

Deno.test("outlineHead draws a head at film resolution, removes distant components and fills holes", () => {
  const size = 64, map = new Float32Array(size * size);
  for (let i = 0; i < map.length; i++) {
    const x = i % size, y = Math.floor(i / size);
    map[i] = 1 / (1 + Math.exp(2 * (Math.hypot(x - 31.5, y - 31.5) - 10)));
    if (Math.hypot(x - 55, y - 8) < 4) map[i] = 0.9;
    if (x === 32 && y === 30) map[i] = 0;
  }
  const window = { centerPx: [400, 300] as const, sidePx: 640 }; // 10 film pixels per map pixel
  const outline = outlineHead(map, { sizePx: size, window, filmPx: [1000, 800], threshold: 0.5 });
  assert(outline);
  assertClose(outline.circle.centerPx, [400, 300], { absolute: 1, relative: 0 });
  assertClose(outline.circle.radiusPx, 100, { relative: 0.03 });
  assertClose(outline.fullness, 1, { relative: 0.05 });
  const { boxPx: { x, y, width }, mask } = outline;
  assertEquals(mask[(285 - y) * width + 405 - x], 1, "the hole at map pixel (32, 30)");
  assertEquals(
    outlineHead(new Float32Array(size * size), { sizePx: size, window, filmPx: [1000, 800], threshold: 0.5 }),
    null,
  );
});

Deno.test("outlineHead: a region one pixel high, which has no circle, gives no outline", () => {
  const size = 64, map = new Float32Array(size * size).fill(0.6, 32 * size + 16, 32 * size + 48);
  const window = { centerPx: [400, 300] as const, sidePx: 128 };
  assertEquals(outlineHead(map, { sizePx: size, window, filmPx: [1000, 800], threshold: 0.5 }), null);
});

Deno.test("normaliseFilm removes the effect of exposure and sets pixels outside the film to 0", () => {
  const size = 64,
    film = Float32Array.from({ length: size * size }, (_, i) => Math.sin(i / 7) + (i % size) / 30);
  film[5] = NaN;
  const a = normaliseFilm(film, size), b = normaliseFilm(film.map((v) => 370 * v - 90), size);
  assertClose(a, b, { absolute: 2e-4, relative: 0 });
  assertEquals([a[5], a[size * size + 5]], [0, 0]);
  assert(a.every((v) => v >= -1 && v <= 1));
  assert(normaliseFilm(new Float32Array(size * size).fill(7), size).every(Number.isFinite));
});
