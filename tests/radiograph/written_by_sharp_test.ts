/**
 * Image files written by another library (libvips, called by sharp) and read by our code: pixels must be unchanged, in
 * JPEG within 1 of what libvips reads.
 */
import { assert, assertEquals } from "@std/assert";
import sharp from "sharp";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { parseStored } from "../../src/radiograph/parse_stored.ts";

const width = 75, height = 62, prng = seededPrng(8);
/** A smooth image with some noise, so that all predictors and code lengths occur. */
const words = Uint16Array.from(
  { length: width * height },
  (_, i) => 300 * (i % width) + 250 * Math.floor(i / width) + prng.integer(99),
);
const bytes = Uint8Array.from(words, (word) => word >> 8);
const raw16 = { raw: { width, height, channels: 1, depth: "ushort" } } as const;
const grey16 = () => sharp(words, raw16 as unknown as Parameters<typeof sharp>[1]).toColourspace("grey16");
const grey8 = () => sharp(bytes, { raw: { width, height, channels: 1 } }).toColourspace("b-w");

/** A copy of a Node buffer's bytes. */
const copied = (buffer: Uint8Array) => Uint8Array.from(buffer);

/** The TIFF with another orientation in its first directory (tag 274, which libvips always writes). */
function turnedTiff(file: Uint8Array, orientation: number): Uint8Array {
  const out = file.slice(), view = new DataView(out.buffer), start = view.getUint32(4, true);
  for (let i = 0; i < view.getUint16(start, true); i++) {
    const entry = start + 2 + 12 * i;
    if (view.getUint16(entry, true) === 274) view.setUint16(entry + 8, orientation, true);
  }
  return out;
}

/** The JPEG with an EXIF block that contains only an orientation. */
function turnedJpeg(file: Uint8Array, orientation: number): Uint8Array {
  // deno-fmt-ignore
  const exif = [
    0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x49, 0x49, 42, 0, 8, 0, 0, 0,
    1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0,
  ];
  return new Uint8Array([...file.subarray(0, 2), ...exif, ...file.subarray(2)]);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

Deno.test("16-bit TIFF is read exactly: uncompressed, LZW, deflate, PackBits; strips, tiles and BigTIFF; with and without prediction", async () => {
  for (const compression of ["none", "lzw", "deflate", "packbits"] as const) {
    for (const predictor of ["none", "horizontal"] as const) {
      for (const layout of [{}, { tile: true, tileWidth: 32, tileHeight: 16 }, { bigtiff: true }]) {
        const file = copied(await grey16().tiff({ compression, predictor, ...layout }).toBuffer());
        const { samples } = await parseStored(file);
        assertEquals([...samples], [...words], JSON.stringify({ compression, predictor, layout }));
      }
    }
  }
});

Deno.test("TIFF: 8-bit and 1-bit values are exact, MinIsWhite is inverted, every orientation is made upright", async () => {
  assertEquals([
    ...(await parseStored(copied(await grey8().tiff({ compression: "lzw" }).toBuffer()))).samples,
  ], [
    ...bytes,
  ]);
  const white = copied(await grey8().tiff({ compression: "none", miniswhite: true }).toBuffer());
  assertEquals((await parseStored(white)).photometric, "MINISWHITE");
  assertEquals([...(await parseRadiograph(white)).pixels], [...bytes]);
  const bilevel = await parseStored(
    copied(await grey8().threshold(128).tiff({ compression: "none", bitdepth: 1 }).toBuffer()),
  );
  assertEquals(bilevel.bitsStored, 1);
  const bright = bilevel.photometric === "MINISWHITE"
    ? Uint8Array.from(bilevel.samples, (v) => 1 - v)
    : bilevel.samples;
  assertEquals([...bright], [...bytes].map((value) => value >= 128 ? 1 : 0));
  for (let orientation = 1; orientation <= 8; orientation++) {
    const turned = turnedTiff(copied(await grey8().tiff({ compression: "none" }).toBuffer()), orientation);
    const upright = await sharp(turned).rotate().toColourspace("b-w").raw().toBuffer({
      resolveWithObject: true,
    });
    const { samples, rows, columns } = await parseStored(turned);
    assertEquals([columns, rows], [upright.info.width, upright.info.height], `orientation ${orientation}`);
    assertEquals([...samples], [...upright.data], `orientation ${orientation}`);
  }
});

Deno.test("JPEG within TIFF: values differ by at most 1 from libvips's", async () => {
  const file = copied(await grey8().tiff({ compression: "jpeg", quality: 90 }).toBuffer());
  const theirs = await sharp(file).toColourspace("b-w").raw().toBuffer();
  const { samples } = await parseStored(file);
  const worst = largestDifference(samples, theirs);
  assert(worst <= 1, `differs by ${worst}`);
});

Deno.test("PNG of 8 and 16 bits, also interlaced or adaptively filtered, is read exactly; a palette PNG is read; a JPEG rotated by EXIF differs by at most 1 from libvips's values", async () => {
  for (const progressive of [false, true]) {
    for (const adaptiveFiltering of [false, true]) {
      const png16 = copied(await grey16().png({ progressive, adaptiveFiltering }).toBuffer());
      assertEquals([...(await parseStored(png16)).samples], [...words]);
      const png8 = copied(await grey8().png({ progressive, adaptiveFiltering }).toBuffer());
      assertEquals([...(await parseStored(png8)).samples], [...bytes]);
    }
  }
  const palette = copied(await grey8().png({ palette: true, colours: 256 }).toBuffer());
  assertEquals((await parseRadiograph(palette)).widthPx, width);
  for (const progressive of [false, true]) {
    const jpeg = turnedJpeg(await grey8().jpeg({ quality: 95, progressive }).toBuffer(), 6);
    const theirs = await sharp(jpeg).rotate().toColourspace("b-w").raw().toBuffer();
    const { samples, rows, columns } = await parseStored(jpeg);
    assertEquals([columns, rows], [height, width]);
    const worst = largestDifference(samples, theirs);
    assert(worst <= 1, `differs by ${worst}`);
  }
});

Deno.test("truncated TIFF, PNG and JPEG files are errors, never partial images", async () => {
  const files = [
    await grey16().tiff({ compression: "lzw" }).toBuffer(),
    await grey16().tiff({ compression: "deflate", tile: true, tileWidth: 32, tileHeight: 16 }).toBuffer(),
    await grey8().png().toBuffer(),
    await grey8().jpeg().toBuffer(),
    await grey8().jpeg({ progressive: true }).toBuffer(),
  ].map(copied);
  for (const [i, file] of files.entries()) {
    for (let length = 9; length < file.length - 2; length += Math.ceil(file.length / 40)) {
      const outcome = await parseStored(file.slice(0, length)).then(() => "a picture", (error) => error.code);
      assert(
        ["truncated", "corrupt"].includes(outcome),
        `file ${i} cut at ${length} of ${file.length}: ${outcome}`,
      );
    }
  }
});

Deno.test("a PNG in true colour: parseStored reads its samples, parseRadiograph rejects it", async () => {
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => i * i % 251);
  const file = copied(await sharp(rgb, { raw: { width, height, channels: 3 } }).png().toBuffer());
  const { samples, samplesPerPixel } = await parseStored(file);
  assertEquals([samplesPerPixel, ...samples.subarray(0, 9)], [3, ...rgb.subarray(0, 9)]);
  assertEquals(await parseRadiograph(file).catch((error) => error.code), "colour");
});
