/** Layouts that few programs write but readers must support. */
import { assert, assertClose, assertEquals } from "@std/assert";
import { deflateSync } from "node:zlib";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { parseStored } from "../../src/radiograph/parse_stored.ts";
import { RadiographError } from "../../src/radiograph/guard/radiograph_error.ts";
import { readDicom } from "../../src/radiograph/dicom/read_dicom.ts";
import { encodeFrame } from "./encode_frames.ts";
import { everyContainer, type PlainFilm, plainTiff } from "./every_container.ts";
import { type Element, film } from "./make_dicom.ts";

const stored = [0, 1000, 2000, 3000, 4000, 4095];
const values = async (bytes: Uint8Array) => [...(await parseStored(bytes)).samples];
const columns = 24, rows = 20;
const bytes8 = Uint8Array.from({ length: columns * rows }, (_, i) => (i * 7 + (i >> 3)) & 255);
const uids = { "jpeg-ls": "4.80", "jpeg-2000": "4.90", "htj2k": "4.201" } as const;

/** 24 x 20 pixels with a codestream in 16 allocated bits. */
function narrow(stream: Uint8Array, uid: string, { bitsStored = 8 } = {}): Uint8Array {
  return film({
    "00280010": ["00280010", "US", rows],
    "00280011": ["00280011", "US", columns],
    "00280101": ["00280101", "US", bitsStored],
    "00280102": ["00280102", "US", bitsStored - 1],
    "7FE00010": ["7FE00010", "OB", { frames: [stream] }],
  }, { uid: `1.2.840.10008.1.2.${uid}` });
}

Deno.test("many lossless encodings of one film give the same stored values", async () => {
  const words = Uint16Array.from({ length: 61 * 53 }, (_, i) => (i * 37 + (i >> 4) * 11) & 4095);
  const plain: PlainFilm = { words, widthPx: 61, heightPx: 53, bitsStored: 12 };
  const { files, skipped } = await everyContainer(plain);
  for (const [name, bytes] of files) assertEquals((await parseStored(bytes)).samples, words, name);
  if (skipped.length > 0) console.log(`skipped, no encoder here: ${skipped.join("; ")}`);
  assert(files.size >= 13);
});

Deno.test("a codestream of 8-bit samples in 16 allocated bits keeps its values", async () => {
  for (const coding of ["jpeg-ls", "jpeg-2000", "htj2k"] as const) {
    const stream = await encodeFrame(coding, { samples: bytes8, columns, rows, bits: 8 });
    for (const bitsStored of [8, 12]) {
      const { samples } = await readDicom(narrow(stream, uids[coding], { bitsStored }));
      assertEquals(samples, Uint16Array.from(bytes8), `${coding}, ${bitsStored} stored`);
    }
  }
});

Deno.test("a signed 8-bit codestream in 16 allocated bits keeps its sign", async () => {
  // imagecodecs 2026.3.6: jpeg2k_encode((arange(30).reshape(5, 6) * 8 - 128).astype("i1"), bitspersample=8,
  // reversible=True, codecformat="j2k", mct=False, resolutions=1)
  const stream = Uint8Array.fromBase64(
    "/0//UQApAAAAAAAGAAAABQAAAAAAAAAAAAAABgAAAAUAAAAAAAAAAAABhwEB/1IADAAAAAEAAAQEAAH/XAAEQED/ZA" +
      "AlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjT/kAAKAAAAAAAnAAH/k9+AsBIh8VaLp8vm/geiQg2Q" +
      "8QfKIlIB/3//2Q==",
  );
  const samples = Int16Array.from({ length: 30 }, (_, i) => 8 * i - 128);
  const small = film({
    "00280010": ["00280010", "US", 5],
    "00280011": ["00280011", "US", 6],
    "00280103": ["00280103", "US", 1],
    "7FE00010": ["7FE00010", "OB", { frames: [stream] }],
  }, { uid: "1.2.840.10008.1.2.4.90" });
  assertEquals((await readDicom(small)).samples, samples);
});

Deno.test("a JPEG of 8 bits in 16 allocated bits has the same values as in 8 allocated bits", async () => {
  const { default: sharp } = await import("sharp");
  const stream = new Uint8Array(
    await sharp(bytes8, { raw: { width: columns, height: rows, channels: 1 } }).toColourspace("b-w")
      .jpeg({ quality: 95 }).toBuffer(),
  );
  const alone = await parseStored(stream);
  const inDicom = await readDicom(narrow(stream, "4.50"));
  assertEquals(inDicom.samples, Uint16Array.from(alone.samples));
});

Deno.test("8-bit samples as big-endian OW are swapped in pairs, also if their number is odd", async () => {
  const eight: Record<string, Element> = {
    "00280100": ["00280100", "US", 8],
    "00280101": ["00280101", "US", 8],
    "00280102": ["00280102", "US", 7],
    "00280010": ["00280010", "US", 1],
    "00280011": ["00280011", "US", 5],
  };
  const options = { uid: "1.2.840.10008.1.2.2", bigEndian: true };
  const words = film({ ...eight, "7FE00010": ["7FE00010", "OW", Uint8Array.of(2, 1, 4, 3, 0, 5)] }, options);
  assertEquals(await values(words), [1, 2, 3, 4, 5]);
  const bytes = film({ ...eight, "7FE00010": ["7FE00010", "OB", Uint8Array.of(1, 2, 3, 4, 5, 0)] }, options);
  assertEquals(await values(bytes), [1, 2, 3, 4, 5]);
});

Deno.test("a deflated film of 32-bit samples is read at any alignment; a deflated film with a zlib wrapper is read too", async () => {
  const wide: Record<string, Element> = {
    "00280100": ["00280100", "US", 32],
    "00280101": ["00280101", "US", 32],
    "00280102": ["00280102", "US", 31],
    "7FE00010": ["7FE00010", "OW", new Uint8Array(Uint32Array.of(1, 2, 3, 4, 5, 4294967295).buffer)],
  };
  for (const comment of ["", "ab", "abcd", "abcdef"]) {
    const bytes = film({ ...wide, "00204000": ["00204000", "LT", comment] }, {
      uid: "1.2.840.10008.1.2.1.99",
      deflated: true,
    });
    assertEquals(await values(bytes), [1, 2, 3, 4, 5, 4294967295], `comment ${comment}`);
  }
  const plain = film(), head = film({}, { uid: "1.2.840.10008.1.2.1.99" });
  const wrapped = deflateSync(plain.subarray(dataStart(plain)));
  assertEquals(await values(Uint8Array.from([...head.subarray(0, dataStart(head)), ...wrapped])), stored);
});

/** Position of the data set, after the prefix "DICM" and the file meta group. */
function dataStart(file: Uint8Array): number {
  return 132 + 12 + new DataView(file.buffer).getUint32(140, true);
}

Deno.test("64-bit integers (UV, SV, OV) before the pixels, also in a sequence, are skipped", async () => {
  const big = new Uint8Array(BigUint64Array.of(0x4141414141414141n).buffer);
  const changes: Record<string, Element> = {
    "0008040C": ["0008040C", "UV", big],
    "00081140": ["00081140", "SQ", [[["0008040C", "UV", big]]]],
    "00091001": ["00091001", "SV", big],
    "00091002": ["00091002", "OV", big],
    "00281053": ["00281053", "DS", "2"],
  };
  const image = await readDicom(film(changes));
  assertEquals([...image.samples], stored);
  assertEquals(image.rules.rescaleSlope, "2");
});

Deno.test("a file that starts with the prefix DICM, without a preamble, is read", async () => {
  assertEquals(await values(film().subarray(128)), stored);
});

Deno.test("fragments that end with the file instead of a delimiter are read; a truncated fragment is rejected", async () => {
  const stream = await encodeFrame("jpeg-2000", { samples: bytes8, columns, rows, bits: 8 });
  const whole = narrow(stream, "4.90");
  assertEquals(await values(whole.subarray(0, whole.length - 8)), [...bytes8]);
  const error = await parseStored(whole.subarray(0, whole.length - 12)).then(() => null, (error) => error);
  assert(error instanceof RadiographError && error.code === "truncated");
});

Deno.test("arithmetic and hierarchical JPEG are rejected with an error that names the coding", async () => {
  const { default: sharp } = await import("sharp");
  const jpeg = new Uint8Array(
    await sharp(bytes8, { raw: { width: columns, height: rows, channels: 1 } }).toColourspace("b-w").jpeg()
      .toBuffer(),
  );
  const at = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
  for (const [marker, name] of [[0xc9, "arithmetic"], [0xc5, "hierarchical"]] as const) {
    const changed = jpeg.slice();
    changed[at + 1] = marker;
    const error = await parseStored(changed).then(() => null, (error) => error);
    assert(error instanceof RadiographError && error.message.includes(name), String(error));
    assertEquals(error.code, "unsupported-format");
  }
});

Deno.test("an icon image before the pixels is not mistaken for the film", async () => {
  const icon: Element[] = [
    ["00280002", "US", 1],
    ["00280004", "CS", "MONOCHROME2"],
    ["00280010", "US", 1],
    ["00280011", "US", 2],
    ["00280100", "US", 8],
    ["00280101", "US", 8],
    ["00280102", "US", 7],
    ["00280103", "US", 0],
    ["7FE00010", "OB", Uint8Array.of(9, 9)],
  ];
  assertEquals(await values(film({ "00880200": ["00880200", "SQ", [icon]] })), stored);
});

Deno.test("a CMYK JPEG stored as YCCK is read as CMYK", async () => {
  // imagecodecs 2026.3.6: jpeg8_encode(8 x 8 pixels of [30, 90, 150, 40], level=95, colorspace="CMYK",
  // outcolorspace="YCCK"); Pillow 13.0.0, which undoes Adobe's inversion, reads [225, 165, 105, 215].
  const jpeg = Uint8Array.fromBase64(
    "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAk" +
      "KCgoKCgYICwwLCgwJCgoK/9sAQwECAgICAgIFAwMFCgcGBwoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCg" +
      "oKCgoKCgoKCgoKCgoK/8AAFAgACAAIBAEiAAIRAQMRAQQiAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EA" +
      "LUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2" +
      "Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubr" +
      "Cw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/EAB8BAAMBAQEBAQEBAQEAAAAAAAABAgMEBQYHCAkKC/" +
      "/EALURAAIBAgQEAwQHBQQEAAECdwABAgMRBAUhMQYSQVEHYXETIjKBCBRCkaGxwQkjM1LwFWJy0QoWJDThJfEXGBkaJicoK" +
      "So1Njc4OTpDREVGR0hJSlNUVVZXWFlaY2RlZmdoaWpzdHV2d3h5eoKDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2" +
      "t7i5usLDxMXGx8jJytLT1NXW19jZ2uLj5OXm5+jp6vLz9PX29/j5+v/aAA4EAQACEQMRBAAAPwD7Aooor+Xz+jD8n6KKK//" +
      "Z",
  );
  const { photometric, samplesPerPixel, samples } = await parseStored(jpeg);
  assertEquals([photometric, samplesPerPixel], ["CMYK", 4]);
  for (const [i, ink] of samples.entries()) assertClose(ink, [225, 165, 105, 215][i % 4], { absolute: 2 });
});

Deno.test("slope, window, spacing and side of an enhanced object are read from its functional groups, unless frames differ", async () => {
  const macros = (slope: string): Element[] => [
    ["00209071", "SQ", [[["00209072", "CS", "L"]]]],
    ["00289110", "SQ", [[["00280030", "DS", "0.2\\0.3"]]]],
    ["00289132", "SQ", [[["00281050", "DS", "100"], ["00281051", "DS", "50"]]]],
    ["00289145", "SQ", [[["00281052", "DS", "5"], ["00281053", "DS", slope]]]],
  ];
  const shared = await readDicom(film({ "52009229": ["52009229", "SQ", [macros("2")]] }));
  const { rescaleSlope, rescaleIntercept, windows } = shared.rules;
  assertEquals([rescaleSlope, rescaleIntercept, windows], ["2", "5", [{ center: "100", width: "50" }]]);
  assertEquals([shared.facts.pixelSpacingMm, shared.facts.headerSide], [[0.2, 0.3], "left"]);
  const only = await readDicom(film({ "52009230": ["52009230", "SQ", [macros("3")]] }));
  assertEquals(only.rules.rescaleSlope, "3");
  const two = await readDicom(film({ "52009230": ["52009230", "SQ", [macros("3"), macros("4")]] }));
  assertEquals([two.rules.rescaleSlope, two.facts.spacingSource], [null, "none"]);
  const topLevel: Element = ["00281053", "DS", "7"];
  const both = await readDicom(film({ "00281053": topLevel, "52009229": ["52009229", "SQ", [macros("2")]] }));
  assertEquals(both.rules.rescaleSlope, "7");
});

Deno.test("a wrong transfer syntax: a different codestream is decoded by its own markers, other mismatches are rejected", async () => {
  const stream = await encodeFrame("jpeg-ls", { samples: bytes8, columns, rows, bits: 8 });
  assertEquals(await values(narrow(stream, "4.90")), [...bytes8]);
  const code = async (bytes: Uint8Array) => {
    const error = await parseStored(bytes).then(() => null, (error) => error);
    assert(error instanceof RadiographError, String(error));
    return error.code;
  };
  assertEquals(await code(narrow(stream, "1")), "mismatch"); // fragments under "uncompressed"
  assertEquals(await code(film({}, { uid: "1.2.840.10008.1.2.4.80" })), "mismatch"); // plain pixels under JPEG-LS
  assertEquals(await code(narrow(stream, "5")), "corrupt"); // JPEG-LS under RLE
});

Deno.test("parseRadiograph rejects an image in true colour, but parseStored reads its values", async () => {
  const bright = [200, 0, 0, 0, 102, 0, 0, 0, 255, 100, 45, 30, 50, 70, 0, 30, 60, 130]; // six pixels of different colours
  const colour = film({
    "00280002": ["00280002", "US", 3],
    "00280004": ["00280004", "CS", "RGB"],
    "00280006": ["00280006", "US", 0],
    "00280100": ["00280100", "US", 8],
    "00280101": ["00280101", "US", 8],
    "00280102": ["00280102", "US", 7],
    "7FE00010": ["7FE00010", "OB", Uint8Array.from(bright)],
  });
  const stored = await parseStored(colour);
  assertEquals([stored.samplesPerPixel, [...stored.samples]], [3, bright]);
  const error = await parseRadiograph(colour).then(() => null, (error) => error);
  assertEquals(error?.code, "colour");
});

Deno.test("NaN and infinity in a floating-point film are rejected", async () => {
  const tiff = (values: number[]) => {
    const plain = plainTiff({ words: new Uint16Array(8), widthPx: 4, heightPx: 1, bitsStored: 16 });
    const out = new Uint8Array(plain.length + 8 + 12), view = new DataView(out.buffer);
    out.set(new Uint8Array(Float32Array.from(values).buffer), 8);
    out.set([0x49, 0x49, 42, 0, 24]);
    const tags = [
      [256, 4],
      [257, 1],
      [258, 32],
      [259, 1],
      [262, 1],
      [273, 8],
      [277, 1],
      [278, 1],
      [279, 16],
      [339, 3],
    ];
    view.setUint16(24, tags.length, true);
    tags.forEach(([tag, value], i) => {
      view.setUint16(26 + 12 * i, tag, true);
      view.setUint16(28 + 12 * i, 4, true);
      view.setUint32(30 + 12 * i, 1, true);
      view.setUint32(34 + 12 * i, value, true);
    });
    return out;
  };
  assertEquals([...(await parseRadiograph(tiff([1, 2, 3, 4.5]))).pixels], [1, 2, 3, 4.5]);
  for (const bad of [NaN, Infinity, -Infinity]) {
    const error = await parseRadiograph(tiff([1, 2, bad, 4])).then(() => null, (error) => error);
    assert(error instanceof RadiographError && /finite/.test(error.message), `${bad}: ${error}`);
  }
});
