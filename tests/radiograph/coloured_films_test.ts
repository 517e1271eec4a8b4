/** Films stored in colour by a program or a camera: their luminance must be the same in every file format. */
import { assert, assertEquals } from "@std/assert";
import sharp from "sharp";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { parseStored } from "../../src/radiograph/parse_stored.ts";
import { preflight } from "../../src/study/preflight/preflight.ts";
import { type Element, film as dicom } from "./make_dicom.ts";

const width = 200, height = 200, count = width * height, prng = seededPrng(5);
const grey = Uint8Array.from({ length: count }, (_, i) => {
  const x = i % width - 90, y = Math.floor(i / width) - 110;
  return 30 + 190 * Math.exp(-(x * x + y * y) / 4000) + 5 * prng();
});
type Rgb = [red: number, green: number, blue: number];

/** The film with each pixel's colour changed by a function. */
const coloured = (of: (grey: number, i: number) => Rgb) => {
  const out = new Uint8Array(3 * count);
  grey.forEach((value, i) => out.set(of(value, i), 3 * i));
  return out;
};
/** A copy of a Node buffer's bytes. */
const copied = (buffer: Uint8Array) => Uint8Array.from(buffer);
const written = (rgb: Uint8Array) => sharp(rgb, { raw: { width, height, channels: 3 } });
const png = async (rgb: Uint8Array) => copied(await written(rgb).png().toBuffer());
const codeOf = (bytes: Uint8Array<ArrayBuffer>) =>
  parseRadiograph(bytes).then(() => "read", (error) => error.code);

/** An 8-bit DICOM file of these samples; `changes` add or replace elements. */
const asDicom = (photometric: string, samples: Uint8Array, changes: Record<string, Element> = {}) =>
  dicom({
    "00280002": ["00280002", "US", samples.length / count > 2 ? 3 : 1],
    "00280004": ["00280004", "CS", photometric],
    "00280006": ["00280006", "US", 0],
    "00280010": ["00280010", "US", height],
    "00280011": ["00280011", "US", width],
    "00280100": ["00280100", "US", 8],
    "00280101": ["00280101", "US", 8],
    "00280102": ["00280102", "US", 7],
    "7FE00010": ["7FE00010", "OB", samples],
    ...changes,
  });

/** Tables of red, green and blue, 256 entries of 16 bits. */
const palette = (of: (index: number) => Rgb): Record<string, Element> =>
  Object.fromEntries([0, 1, 2].flatMap((c): [string, Element][] => {
    const table = Uint16Array.from({ length: 256 }, (_, i) => of(i)[c] * 257);
    return [
      [`0028110${c + 1}`, [`0028110${c + 1}`, "US", [256, 0, 16]]],
      [`0028120${c + 1}`, [`0028120${c + 1}`, "OW", new Uint8Array(table.buffer)]],
    ];
  }));

/** A box that covers `share` of the film, in a colour that occurs nowhere else. */
const boxed = (share: number) =>
  coloured((value, i) => i < share * count ? [255, value, 0] : [value, value, value]);

Deno.test("grey stored as colour keeps every value and gets a remark; preflight mentions it without a warning", async () => {
  const plain = await parseRadiograph(
    copied(await sharp(grey, { raw: { width, height, channels: 1 } }).toColourspace("b-w").png().toBuffer()),
  );
  const rgb = await parseRadiograph(await png(coloured((value) => [value, value, value])));
  assertEquals([...rgb.pixels], [...plain.pixels]);
  assertEquals([plain.remarks, rgb.remarks], [undefined, ["colour"]]);
  const { verdict, reasons } = preflight({ radiograph: rgb });
  assertEquals(reasons.filter(({ code }) => code === "colour").map(({ severity }) => severity), ["info"]);
  assertEquals(verdict, "pass");
});

Deno.test("coloured boxes are read as 0.299 R + 0.587 G + 0.114 B; other pixels are unchanged", async () => {
  const { pixels, remarks } = await parseRadiograph(await png(boxed(0.1)));
  assertEquals(remarks, ["colour"]);
  assertEquals([...pixels.subarray(count / 10)], [...grey.subarray(count / 10)]);
  assertEquals(
    [...pixels.subarray(0, count / 10)],
    [...grey.subarray(0, count / 10)].map((value) => Math.round(0.299 * 255 + 0.587 * value)),
  );
});

Deno.test("up to a quarter of the pixels may differ in colour", async () => {
  assertEquals(await codeOf(await png(boxed(0.24))), "read");
  assertEquals(await codeOf(await png(boxed(0.27))), "colour");
  const anything = coloured(() => [255 * prng(), 255 * prng(), 255 * prng()]);
  assertEquals(await codeOf(await png(anything)), "colour");
});

Deno.test("an image with one tint, however strong, is read; an image with a second tint in many pixels is rejected", async () => {
  assertEquals(await codeOf(await png(coloured((value) => [value, 0.6 * value, 0.2 * value]))), "read");
  const two = coloured((value) =>
    value > 60 ? [value, 0.6 * value, 0.2 * value] : [0.2 * value, 0.6 * value, value]
  );
  assertEquals(await codeOf(await png(two)), "colour");
});

Deno.test("the tint is estimated from bright pixels; a bluish black does not affect the estimate", async () => {
  const film = coloured((value, i) => i % 10 < 7 ? [2, 2, 12] : [value, value, value]);
  assertEquals(await codeOf(await png(film)), "read");
});

Deno.test("a JPEG photograph of a film in blue light, next to a brown room: its luminance is a linear function of the film's grey values to within 12", async () => {
  const photo = coloured((value, i) =>
    i % width < 20 ? [90, 70, 50] : [0.75 * value, 0.9 * value, 20 + 0.9 * value]
  );
  const { pixels, remarks } = await parseRadiograph(
    copied(await written(photo).jpeg({ quality: 80 }).toBuffer()),
  );
  assertEquals(remarks, ["colour"]);
  let worst = 0;
  for (let i = 0; i < count; i++) {
    if (i % width < 40) continue;
    worst = Math.max(worst, Math.abs(pixels[i] - (2.28 + 0.8551 * grey[i])));
  }
  assert(worst < 12, `${worst}`);
});

Deno.test("YBR_FULL in DICOM gives the same luminance as the same image in RGB", async () => {
  const rgb = boxed(0.1), ybr = rgb.slice();
  for (let i = 0; i < ybr.length; i += 3) {
    const [r, g, b] = rgb.subarray(i, i + 3), y = 0.299 * r + 0.587 * g + 0.114 * b;
    ybr.set([y, 128 + 0.564 * (b - y), 128 + 0.713 * (r - y)].map(Math.round), i);
  }
  const [a, b] = await Promise.all(
    [asDicom("RGB", rgb), asDicom("YBR_FULL", ybr)].map((file) => parseRadiograph(file)),
  );
  assertEquals([...b.pixels], [...a.pixels]);
  assertEquals([a.remarks, b.remarks], [["colour"], ["colour"]]);
  const strange = ybr.map((value, i) => i % 3 === 0 ? value : 255 * prng());
  assertEquals(await codeOf(asDicom("YBR_FULL", strange)), "colour");
});

Deno.test("a grey palette is applied; a rainbow palette, a missing palette and an incomplete palette are rejected", async () => {
  const inverted = await parseRadiograph(
    asDicom("PALETTE COLOR", grey, palette((i) => [255 - i, 255 - i, 255 - i])),
  );
  assertEquals([...inverted.pixels], [...grey].map((value) => 257 * (255 - value)));
  assertEquals(inverted.remarks, ["colour"]);
  const rainbow = palette((i) => i % 3 === 0 ? [200, 0, 0] : i % 3 === 1 ? [0, 102, 0] : [0, 60, 200]);
  assertEquals(await codeOf(asDicom("PALETTE COLOR", grey, rainbow)), "colour");
  assertEquals(await codeOf(asDicom("PALETTE COLOR", grey)), "colour");
  const { ["00281203"]: _, ...twoTables } = palette((i) => [i, i, i]);
  assertEquals(await codeOf(asDicom("PALETTE COLOR", grey, twoTables)), "colour");
});

Deno.test("the stored samples of a film with a palette are its indices", async () => {
  const { samples, samplesPerPixel, photometric } = await parseStored(
    asDicom("PALETTE COLOR", grey, palette((i) => [255 - i, 255 - i, 255 - i])),
  );
  assertEquals([samplesPerPixel, photometric], [1, "PALETTE COLOR"]);
  assertEquals([...samples], [...grey]);
});

Deno.test("an indexed TIFF is converted with its colour map", async () => {
  const { pixels, remarks } = await parseRadiograph(indexedTiff());
  assertEquals([...pixels], [1000, 2000, 3000, 2000]);
  assertEquals(remarks, ["colour"]);
});

Deno.test("CMYK: inks become grey, and varying alpha is rejected", async () => {
  const inks = new Uint8Array(4 * count).fill(0);
  grey.forEach((value, i) => inks[4 * i + 3] = 255 - value);
  const file = copied(await sharp(inks, { raw: { width, height, channels: 4 } }).png().toBuffer()); // as RGBA: alpha changes
  assertEquals(await codeOf(file), "colour");
  const cmyk = copied(
    await written(coloured((value) => [value, value, value])).toColourspace("cmyk").jpeg({ quality: 100 })
      .toBuffer(),
  );
  const { samplesPerPixel } = await parseStored(cmyk);
  assertEquals(samplesPerPixel, 4);
  const { pixels } = await parseRadiograph(cmyk), bright = 110 * width + 90, dark = 0;
  assert(pixels[bright] > 150 && pixels[dark] < 90, `${pixels[bright]} ${pixels[dark]}`);
});

/** A TIFF of two by two pixels: indices 1, 2, 3, 2 of a colour map of 256 greys. */
function indexedTiff(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + 4 + 24 * 256), view = new DataView(bytes.buffer), map = 512;
  bytes.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, 16, true);
  bytes.set([1, 2, 3, 2], 8);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < 256; i++) view.setUint16(map + 2 * (256 * c + i), 1000 * i & 0xffff, true);
  }
  const tags = [[256, 3, 1, 2], [257, 3, 1, 2], [258, 3, 1, 8], [259, 3, 1, 1], [262, 3, 1, 3], [
    273,
    4,
    1,
    8,
  ]];
  tags.push([277, 3, 1, 1], [278, 3, 1, 2], [279, 4, 1, 4], [320, 3, 768, map]);
  view.setUint16(16, tags.length, true);
  tags.forEach(([tag, type, n, value], k) => {
    const at = 18 + 12 * k;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, n, true);
    view.setUint32(at + 8, value, true);
  });
  return bytes;
}
