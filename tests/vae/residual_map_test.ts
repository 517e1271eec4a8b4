import { assert, assertClose, assertEquals, assertThrows } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import type { GreyImage, HeadCrop } from "../../src/types.ts";
import { residualMap, residualScore } from "../../src/vae/residual_map.ts";
import { residualScale, residualScaleFromBytes, residualScaleToBytes } from "../../src/vae/residual_scale.ts";

const sizePx = 24, halfSideRadii = 1.35;
const plain: GreyImage = {
  kind: "grey-image",
  widthPx: sizePx,
  heightPx: sizePx,
  pixels: new Float32Array(sizePx * sizePx).fill(0.5),
};

/** Flat heads with grain, the left half twice as grainy; a spot may be added. */
function noisyCrop(seed: number, spot = 0): HeadCrop {
  const prng = seededPrng(seed);
  const pixels = plain.pixels.map((value, i) => {
    const x = i % sizePx, y = Math.floor(i / sizePx);
    const lesion = Math.hypot(x - 12, y - 8) < 3 ? spot : 0;
    return value + (x < sizePx / 2 ? 0.08 : 0.04) * prng.normal() + lesion;
  });
  return { kind: "head-crop", side: "right", sizePx, pixels };
}

const healthy = Array.from({ length: 60 }, (_v, i) => noisyCrop(i + 1));
const scale = residualScale(healthy, healthy.map(() => plain));

Deno.test("residualMap: residuals of new healthy heads have a mean near 0 and a standard deviation near 1 in both halves of the crop, though one half has twice the noise", () => {
  const fresh = Array.from({ length: 60 }, (_v, i) => residualMap(noisyCrop(500 + i), plain, { scale }));
  for (const half of [0, 1]) {
    const values = fresh.flatMap((z) =>
      [...z].filter((_v, i) => ((i % sizePx) >= sizePx / 2 ? 1 : 0) === half)
    );
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    assert(Math.abs(mean) < 0.1, `mean ${mean}`);
    assert(sd > 0.85 && sd < 1.2, `half ${half}: sd ${sd}`);
  }
});

Deno.test("residualMap: a bright spot has the largest residual, and the head's score is above that of every healthy head", () => {
  const z = residualMap(noisyCrop(999, 0.3), plain, { scale });
  const brightest = z.indexOf(Math.max(...z));
  assert(Math.hypot(brightest % sizePx - 12, Math.floor(brightest / sizePx) - 8) < 4);
  const score = residualScore(z, { sizePx, halfSideRadii });
  const others = healthy.map((crop) =>
    residualScore(residualMap(crop, plain, { scale }), { sizePx, halfSideRadii })
  );
  assert(others.every((other) => other < score), `${score} against ${Math.max(...others)}`);
});

Deno.test("residualScore: pixels outside the head do not affect the score; NaN inside the head is rejected", () => {
  const z = new Float32Array(sizePx * sizePx);
  const clean = residualScore(z, { sizePx, halfSideRadii });
  z[0] = 50;
  assertEquals(residualScore(z, { sizePx, halfSideRadii }), clean);
  z[12 * sizePx + 12] = NaN;
  assertThrows(() => residualScore(z, { sizePx, halfSideRadii }), RangeError, "finite");
});

Deno.test("residualScale: a scale is restored from its bytes; truncated bytes and standard deviations of 0 are rejected", () => {
  const bytes = residualScaleToBytes(scale);
  assertEquals(residualScaleFromBytes(bytes), scale);
  assertThrows(() => residualScaleFromBytes(bytes.slice(0, -4)), SyntaxError, "bytes are expected");
  assertThrows(
    () => residualScaleFromBytes(new Uint8Array(bytes.length)),
    SyntaxError,
    "standard deviations above 0",
  );
});

Deno.test("residualScale: standard deviations are above 0 even where all crops are constant; too few crops or reconstructions are rejected", () => {
  const dark = healthy.map((crop) => ({
    ...crop,
    pixels: crop.pixels.map((v, i) => i % sizePx < 12 ? 0.5 : v),
  }));
  const { sd } = residualScale(dark, dark.map(() => plain));
  assert(sd.every((value) => value > 1e-4), `smallest ${Math.min(...sd)}`);
  assertThrows(() => residualScale(dark.slice(0, 7), []), RangeError, "at least 8");
  assertThrows(() => residualScale(dark, []), TypeError, "one reconstruction per crop");
  assertClose(scale.n, 60);
});

Deno.test("residualScore: the mean of the largest 5 % of the pixels inside the circle", () => {
  const sizePx = 40, z = new Float32Array(sizePx * sizePx), middle = (sizePx - 1) / 2;
  const inside: number[] = [];
  for (let i = 0; i < z.length; i++) {
    if (Math.hypot(i % sizePx - middle, Math.floor(i / sizePx) - middle) <= sizePx / 2) inside.push(i);
  }
  const count = Math.round(0.05 * inside.length);
  inside.forEach((at, rank) => z[at] = rank < count ? -2 : 1); // signs do not matter
  assertClose(residualScore(z, { sizePx, halfSideRadii: 1 }), 2, { absolute: 1e-6 });
  z[inside[0]] = 1; // one bright pixel fewer than the largest 5 %
  assertClose(residualScore(z, { sizePx, halfSideRadii: 1 }), 2 - 1 / count, { absolute: 1e-6 });
  z[inside[0]] = z[inside[count]] = -2; // one bright pixel more than the largest 5 %
  assertClose(residualScore(z, { sizePx, halfSideRadii: 1 }), 2, { absolute: 1e-6 });
});
