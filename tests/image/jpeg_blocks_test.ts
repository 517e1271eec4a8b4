import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { jpegBlocks } from "../../src/image/jpeg_blocks.ts";

const size = { widthPx: 37, heightPx: 21 };
const picture = () => {
  const prng = seededPrng(4);
  return Float32Array.from(
    { length: 37 * 21 },
    (_, i) => 0.3 + 0.4 * Math.sin(i % 37 / 6) ** 2 + 0.1 * prng(),
  );
};
const loss = (quality: number) => {
  const before = picture(), after = picture();
  jpegBlocks(after, { ...size, quality });
  return Math.sqrt(after.reduce((sum, v, i) => sum + (v - before[i]) ** 2, 0) / after.length);
};

Deno.test("jpegBlocks: at quality 100 the RMS error is below half a grey level; the error grows as the quality falls", () => {
  assert(loss(100) < 0.5 / 255, `${loss(100)}`);
  assert(loss(90) < loss(50) && loss(50) < loss(15), `${loss(90)} ${loss(50)} ${loss(15)}`);
});

Deno.test("jpegBlocks: a constant image stays constant; greys stay from 0 to 1; NaN stays NaN", () => {
  const level = new Float32Array(37 * 21).fill(0.5);
  jpegBlocks(level, { ...size, quality: 30 });
  assert(level.every((v) => v === level[0] && Math.abs(v - 0.5) < 0.02));
  const prng = seededPrng(1),
    wild = Float32Array.from({ length: 37 * 21 }, (_, i) => i % 7 === 3 ? NaN : prng());
  jpegBlocks(wild, { ...size, quality: 10 });
  assertEquals(wild.findIndex((v, i) => i % 7 === 3 ? v === v : !(v >= 0 && v <= 1)), -1);
});
