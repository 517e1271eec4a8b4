import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { equaliseLocally } from "../../src/image/equalise_locally.ts";

const size = { widthPx: 64, heightPx: 48 };
const spread = (values: Float32Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
};

Deno.test("equaliseLocally: without clipping, a narrow range of greys gets the standard deviation of an even distribution", () => {
  const prng = seededPrng(3),
    values = Float32Array.from({ length: 64 * 48 }, () => 0.4 + 0.1 * prng() * prng());
  equaliseLocally(values, { ...size, tilePx: 100, clip: 64, share: 1 });
  assertClose(spread(values), 1 / Math.sqrt(12), { absolute: 0.03 });
});

Deno.test("equaliseLocally: clip 1 changes no grey by more than 0.2; share 0 changes none", () => {
  const prng = seededPrng(3), before = Float32Array.from({ length: 64 * 48 }, () => prng());
  for (const [clip, share] of [[1, 1], [4, 0]]) {
    const values = before.slice();
    equaliseLocally(values, { ...size, tilePx: 16, clip, share });
    assertClose(values, before, { absolute: share === 0 ? 0 : 0.2 });
  }
});

Deno.test("equaliseLocally: greys of one tile keep their order and stay from 0 to 1, and NaN stays NaN", () => {
  const values = Float32Array.from({ length: 64 * 48 }, (_, i) => i < 64 ? NaN : (i % 64) / 63);
  equaliseLocally(values, { ...size, tilePx: 200, clip: 3, share: 0.8 });
  assert(values.every((v, i) => i < 64 ? v !== v : v >= -1e-6 && v <= 1 + 1e-6));
  for (let x = 1; x < 64; x++) assert(values[64 * 20 + x] >= values[64 * 20 + x - 1]);
  assertEquals(values[64 * 20], values[64 * 40]);
});
