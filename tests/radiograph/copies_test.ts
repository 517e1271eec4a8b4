/**
 * The same film in many file formats and copies: the autoencoder's input must be identical, or within a stated bound.
 */
import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { gaussianBlur } from "../../src/image/gaussian_blur.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { cropHead } from "../../src/segmentation/crop_head.ts";
import type { CropPlan, HeadMask } from "../../src/types.ts";
import { type Element, film } from "./make_dicom.ts";

const widthPx = 240,
  heightPx = 200,
  prng = seededPrng(21),
  plan: CropPlan = { sizePx: 64, halfSideRadii: 1.35, intensityQuantiles: [0.005, 0.995] };
const mask: HeadMask = {
  kind: "head-mask",
  side: "left",
  centerPx: [118.4, 97.2],
  radiusPx: 60,
  areaPx: 11310,
  confidence: 1,
  quality: [],
  boxPx: { x: 58, y: 37, width: 121, height: 121 },
  mask: new Uint8Array(121 * 121).fill(1),
};

const grain = gaussianBlur(
  {
    kind: "grey-image",
    widthPx,
    heightPx,
    pixels: Float32Array.from({ length: widthPx * heightPx }, () => prng.normal()),
  },
  { sigmaPx: 2 },
);
/** A smooth 12-bit film with grain like that of bone. */
const words = Uint16Array.from(grain.pixels, (value, i) => {
  const x = i % widthPx - 118, y = Math.floor(i / widthPx) - 97;
  return Math.round(900 + 2400 * Math.exp(-(x * x + y * y) / 5000) + 700 * value);
});

/** The film as DICOM, with changes. */
function dicom(values: Uint16Array, changes: Record<string, Element> = {}) {
  return film({
    "00280010": ["00280010", "US", heightPx],
    "00280011": ["00280011", "US", widthPx],
    "7FE00010": ["7FE00010", "OW", new Uint8Array(values.buffer)],
    ...changes,
  });
}

async function crop(bytes: Uint8Array): Promise<Float32Array> {
  return cropHead(await parseRadiograph(bytes), mask, plan).pixels;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

const plain = await crop(dicom(words));

Deno.test("the same stored values as DICOM and as PNG give identical crops", async () => {
  assertEquals(await crop(encodePng({ widthPx, heightPx, samples: words })), plain);
});

Deno.test("the crop of a copy scaled by 16, or by slope and intercept, differs by less than 1e-5; with a display window it is identical", async () => {
  const scaled = await crop(encodePng({ widthPx, heightPx, samples: words.map((value) => value * 16) }));
  assert(largestDifference(scaled, plain) < 1e-5, `${largestDifference(scaled, plain)}`);
  const rescaled = await crop(
    dicom(words, { "00281052": ["00281052", "DS", "-1024"], "00281053": ["00281053", "DS", "0.25"] }),
  );
  assert(largestDifference(rescaled, plain) < 1e-5, `${largestDifference(rescaled, plain)}`);
  const windowed = await crop(
    dicom(words, { "00281050": ["00281050", "DS", "2000"], "00281051": ["00281051", "DS", "100"] }),
  );
  assertEquals(windowed, plain);
});

Deno.test("the crop of an inverted copy marked as MONOCHROME1 differs by less than 1e-5", async () => {
  const inverted = await crop(
    dicom(words.map((value) => 4095 - value), { "00280004": ["00280004", "CS", "MONOCHROME1"] }),
  );
  assert(largestDifference(inverted, plain) < 1e-5, `${largestDifference(inverted, plain)}`);
});

Deno.test("the crop of an 8-bit copy differs by less than 1 % of the range everywhere and 0.3 % on average", async () => {
  const bytes = Uint8Array.from(words, (value) => Math.round(value / 16));
  const coarse = await crop(encodePng({ widthPx, heightPx, samples: bytes }));
  const mean = coarse.reduce((sum, value, i) => sum + Math.abs(value - plain[i]), 0) / coarse.length;
  assert(largestDifference(coarse, plain) < 0.01, `${largestDifference(coarse, plain)}`);
  assert(mean < 0.003, `${mean}`);
});

Deno.test("the crop of a JPEG copy of quality 90 differs by less than 4 % of the range everywhere and 0.7 % on average", async () => {
  const { default: sharp } = await import("sharp");
  const bytes = Uint8Array.from(words, (value) => Math.round(value / 16));
  const jpeg = await sharp(bytes, { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .toColourspace("b-w").jpeg({ quality: 90 }).toBuffer();
  const lossy = await crop(Uint8Array.from(jpeg));
  const mean = lossy.reduce((sum, value, i) => sum + Math.abs(value - plain[i]), 0) / lossy.length;
  assert(largestDifference(lossy, plain) < 0.04, `${largestDifference(lossy, plain)}`);
  assert(mean > 0 && mean < 0.007, `${mean}`);
});
