import { assert, assertEquals, assertThrows } from "@std/assert";
import sharp from "sharp";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { encodeJpeg } from "../../src/image/encode_jpeg.ts";

const prng = seededPrng(8);
const SHAPES = [[1, 1], [8, 8], [7, 19], [33, 16], [128, 128]] as const;

/** A grey gradient with a disc on it and some noise. */
function picture(widthPx: number, heightPx: number, noise: number) {
  const samples = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
    const disc = Math.hypot(x - widthPx / 2, y - heightPx / 2) < widthPx / 4 ? 60 : 0;
    return Math.min(255, Math.max(0, 40 + 80 * x / widthPx + disc + noise * prng.normal()));
  });
  return { widthPx, heightPx, samples };
}

async function rootMeanSquare(jpeg: Uint8Array, { samples }: { samples: Uint8Array }): Promise<number> {
  const { data, info } = await sharp(jpeg).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  assertEquals([info.channels, data.length], [1, samples.length]);
  return Math.sqrt(samples.reduce((sum, value, i) => sum + (value - data[i]) ** 2, 0) / samples.length);
}

Deno.test("encodeJpeg: an independent decoder restores the image approximately; the error of a large image falls as the quality rises", async () => {
  for (const [widthPx, heightPx] of SHAPES) {
    const image = picture(widthPx, heightPx, 6), errors: number[] = [];
    for (const quality of [1, 30, 80, 100]) {
      errors.push(await rootMeanSquare(encodeJpeg(image, { quality }), image));
    }
    assert(errors[3] < 0.8 && errors[2] < 8, `${widthPx} x ${heightPx}: ${errors}`);
    if (widthPx === 128) assert(errors[0] > errors[1] && errors[1] > errors[2] && errors[2] > errors[3]);
  }
});

Deno.test("encodeJpeg: white noise at quality 100 is restored with an RMS error below 0.8 grey levels", async () => {
  const samples = Uint8Array.from({ length: 96 * 96 }, () => prng.integer(256));
  const image = { widthPx: 96, heightPx: 96, samples };
  assert(await rootMeanSquare(encodeJpeg(image, { quality: 100 }), image) < 0.8);
});

Deno.test("encodeJpeg: 150 images with different final bits are restored with an RMS error below 0.8 grey levels", async () => {
  for (let i = 0; i < 150; i++) { // about one image in twelve ends with a byte 0xff
    const image = picture(9, 7, 40);
    const error = await rootMeanSquare(encodeJpeg(image, { quality: 100 }), image);
    assert(error < 0.8, `picture ${i}: ${error}`);
  }
});

Deno.test("encodeJpeg: smaller than libjpeg's file, with at most 5 % more error", async () => {
  const image = picture(128, 128, 10), raw = { width: 128, height: 128, channels: 1 } as const;
  const theirs = await sharp(image.samples, { raw }).jpeg({ quality: 70, optimiseCoding: true }).toBuffer();
  const ours = encodeJpeg(image, { quality: 70 });
  assert(ours.length < theirs.length, `${ours.length} and ${theirs.length} bytes`);
  assert(await rootMeanSquare(ours, image) < 1.05 * await rootMeanSquare(theirs, image));
  assertEquals(encodeJpeg(image, { quality: 70 }), ours);
});

Deno.test("encodeJpeg: rejects a wrong number of samples and qualities out of range", () => {
  const samples = new Uint8Array(4);
  assertThrows(() => encodeJpeg({ widthPx: 2, heightPx: 3, samples }), TypeError, "got 4");
  for (const quality of [0, 101, NaN]) {
    assertThrows(() => encodeJpeg({ widthPx: 2, heightPx: 2, samples }, { quality }), RangeError, "quality");
  }
});
