import type { Prng } from "../../src/array/seeded_prng.ts";
import { orderStatistics } from "../../src/array/order_statistics.ts";
import { gaussianBlur } from "../../src/image/gaussian_blur.ts";
import { resize } from "../../src/image/resize.ts";
import type { GreyImage } from "../../src/types.ts";
import { equalised } from "./equalise.ts";

/** Ways in which hospitals process a detector's image. */
export const PROCESSINGS = [
  ...[
    "plain",
    "range compression",
    "edges",
    "gamma low",
    "gamma high",
    "sigmoid",
    "clipped",
    "local equalisation",
  ],
  ...["inverted", "noise", "low resolution", "film of a detector without logarithm"],
] as const;
export type Processing = typeof PROCESSINGS[number];

const pictureOf = (image: GreyImage, pixels: Float32Array): GreyImage => ({ ...image, pixels });

/** Scales an image from two of its quantiles to 0 to 1, with clipping. */
function stretched(image: GreyImage, [low, high]: readonly [number, number]): GreyImage {
  const n = image.pixels.length, ranks = [low, high].map((q) => Math.round(q * (n - 1)));
  const [floor, ceiling] = orderStatistics(image.pixels.slice(), ranks), span = ceiling - floor || 1;
  return pictureOf(image, image.pixels.map((v) => Math.min(1, Math.max(0, (v - floor) / span))));
}

/** Multiplies the low frequencies (below the blur's cut-off) by `low` and the rest by `high`. */
function multiScale(
  image: GreyImage,
  { sigmaPx, low, high }: { sigmaPx: number; low: number; high: number },
) {
  const smooth = gaussianBlur(image, { sigmaPx }).pixels;
  return pictureOf(image, image.pixels.map((v, i) => smooth[i] * low + (v - smooth[i]) * high));
}

/**
 * Turns path integrals of attenuation into a 10-bit image with bright bone (dark with `inverted`). Every film gets some
 * scatter, noise and a random reduction of low frequencies, then one type of processing.
 */
export function processFilm(
  attenuation: GreyImage,
  { processing, prng, pixelMm }: { processing: Processing; prng: Prng; pixelMm: number },
): Uint16Array<ArrayBuffer> {
  const between = (low: number, high: number) => low + (high - low) * prng();
  const primary = pictureOf(attenuation, attenuation.pixels.map((v) => Math.exp(-v)));
  const spread = gaussianBlur(primary, { sigmaPx: 25 / pixelMm }).pixels, scatter = between(0.1, 0.5);
  const grain = processing === "noise" ? between(0.05, 0.12) : between(0.004, 0.02);
  const typical = orderStatistics(primary.pixels.slice(), [primary.pixels.length >> 1])[0];
  let image = pictureOf(
    attenuation,
    primary.pixels.map((v, i) => {
      const seen = v + scatter * spread[i];
      return Math.max(1e-7, seen + grain * Math.sqrt(seen * typical) * prng.normal());
    }),
  );
  image = pictureOf(
    image,
    processing === "film of a detector without logarithm"
      ? image.pixels.map((v) => -Math.sqrt(v))
      : image.pixels.map((v) => -Math.log(v)),
  );
  // The processing of every manufacturer reduces the low frequencies.
  image = multiScale(image, { sigmaPx: 20 / pixelMm, low: between(0.35, 0.9), high: between(1, 1.4) });
  if (processing === "range compression") {
    image = multiScale(image, { sigmaPx: between(12, 25) / pixelMm, low: between(0.2, 0.35), high: 1.5 });
  }
  if (processing === "edges") {
    image = multiScale(image, { sigmaPx: between(0.8, 2) / pixelMm, low: 1, high: between(2, 4) });
  }
  image = stretched(
    image,
    processing === "clipped"
      ? [between(0.15, 0.35), between(0.75, 0.9)]
      : [between(0.01, 0.15), between(0.99, 0.9995)],
  );
  const gamma = between(0.45, 0.65);
  const curve = (f: (v: number) => number) => image = pictureOf(image, image.pixels.map(f));
  if (processing === "gamma low") curve((v) => v ** gamma);
  if (processing === "gamma high") curve((v) => v ** (1 / gamma));
  if (processing === "sigmoid") {
    const steep = between(6, 10), middle = between(0.4, 0.6);
    curve((v) => 1 / (1 + Math.exp(-steep * (v - middle))));
  }
  if (processing === "local equalisation") image = equalised(image, { tiles: 8, clip: between(2, 4) });
  if (processing === "inverted") curve((v) => 1 - v);
  if (processing === "low resolution") {
    const { widthPx, heightPx } = image, share = between(0.3, 0.45);
    const small = resize(image, {
      widthPx: Math.round(widthPx * share),
      heightPx: Math.round(heightPx * share),
    });
    image = resize(small, { widthPx, heightPx });
  }
  return Uint16Array.from(image.pixels, (v) => Math.round(1023 * Math.min(1, Math.max(0, v))));
}
