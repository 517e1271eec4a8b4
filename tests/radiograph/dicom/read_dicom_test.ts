import { assert, assertClose, assertEquals, assertRejects } from "@std/assert";
import { parseRadiograph } from "../../../src/radiograph/parse_radiograph.ts";
import { parseStored } from "../../../src/radiograph/parse_stored.ts";
import { RadiographError } from "../../../src/radiograph/guard/radiograph_error.ts";
import { readDicom } from "../../../src/radiograph/dicom/read_dicom.ts";
import { type Element, film } from "../make_dicom.ts";

const stored = [0, 1000, 2000, 3000, 4000, 4095];

/** The error from reading a file. */
async function failure(bytes: Uint8Array): Promise<RadiographError> {
  const error = await parseRadiograph(bytes, { name: "film.dcm" }).then(() => null, (error) => error);
  assert(error instanceof RadiographError, `got ${error}`);
  assertEquals(error.file, "film.dcm");
  return error;
}

Deno.test("a simple film: stored values, shape, no padding, no spacing, no side", async () => {
  const { pixels, ...rest } = await parseRadiograph(film());
  assertEquals([...pixels], stored);
  assertEquals(rest, {
    kind: "radiograph",
    widthPx: 3,
    heightPx: 2,
    padding: null,
    bitsStored: 12,
    pixelSpacingMm: null,
    spacingSource: "none",
    headerSide: "unknown",
    storedSha256: rest.storedSha256,
  });
});

Deno.test("left-justified values and extra bits: shift by HighBit + 1 - BitsStored, then mask", async () => {
  const words = Uint16Array.from(stored, (value, i) => value << 4 | (i * 5 & 15));
  const shifted = film({
    "00280102": ["00280102", "US", 15],
    "7FE00010": ["7FE00010", "OW", new Uint8Array(words.buffer)],
  });
  assertEquals([...(await readDicom(shifted)).samples], stored);
  const overlaid = Uint16Array.from(stored, (value) => value | 0x9000);
  const masked = film({ "7FE00010": ["7FE00010", "OW", new Uint8Array(overlaid.buffer)] });
  assertEquals([...(await readDicom(masked)).samples], stored);
});

Deno.test("signed values are extended from the highest stored bit, not from the highest bit of the container", async () => {
  const signed = film({ "00280103": ["00280103", "US", 1] });
  assertEquals([...(await readDicom(signed)).samples], [0, 1000, 2000, 3000 - 4096, 4000 - 4096, -1]);
});

Deno.test("slope and intercept, a modality table, MONOCHROME1 and INVERSE are applied", async () => {
  const rescaled = film({ "00281052": ["00281052", "DS", "-10.5"], "00281053": ["00281053", "DS", "2"] });
  assertEquals([...(await parseRadiograph(rescaled)).pixels], stored.map((value) => 2 * value - 10.5));
  const table: Element = ["00283000", "SQ", [[
    ["00283002", "US", [4096, 0, 16]],
    ["00283006", "OW", new Uint8Array(Uint16Array.from({ length: 4096 }, (_, i) => 3 * i).buffer)],
  ]]];
  assertEquals(
    [...(await parseRadiograph(film({ "00283000": table }))).pixels],
    stored.map((value) => 3 * value),
  );
  const mirrored = stored.map((value) => 4095 - value);
  const mono1 = film({ "00280004": ["00280004", "CS", "MONOCHROME1"] });
  assertEquals([...(await parseRadiograph(mono1)).pixels], mirrored);
  const inverse = film({ "20500020": ["20500020", "CS", "INVERSE"] });
  assertEquals([...(await parseRadiograph(inverse)).pixels], mirrored);
  const both = film({
    "00280004": ["00280004", "CS", "MONOCHROME1"],
    "00281052": ["00281052", "DS", "100"],
    "00281053": ["00281053", "DS", "0.5"],
  });
  // Values are inverted on the scale from 100 to 100 + 4095 / 2.
  assertClose((await parseRadiograph(both)).pixels, mirrored.map((value) => 100 + value / 2), {
    relative: 1e-6,
  });
});

Deno.test("slope 0, and a slope with a decimal comma, are errors; the file can still be inspected", async () => {
  for (const [slope, message] of [["0", "must not be 0"], ["0,5", "RescaleSlope must be a number"]]) {
    const bytes = film({ "00281053": ["00281053", "DS", slope] }), error = await failure(bytes);
    assertEquals(error.code, "bad-header");
    assert(error.message.includes(message), error.message);
    assertEquals([...(await readDicom(bytes)).samples], stored);
  }
});

Deno.test("pixels with the declared padding value, or in the declared range, are marked and darkened; without such pixels, padding is null", async () => {
  const single = await parseRadiograph(film({ "00280120": ["00280120", "US", 4095] }));
  assertEquals([...single.padding!], [0, 0, 0, 0, 0, 1]);
  assertEquals([...single.pixels], [0, 1000, 2000, 3000, 4000, 0]);
  const range = await parseRadiograph(
    film({ "00280120": ["00280120", "US", 0], "00280121": ["00280121", "US", 1500] }),
  );
  assertEquals([...range.padding!], [1, 1, 0, 0, 0, 0]);
  assertEquals([...range.pixels], [2000, 2000, 2000, 3000, 4000, 4095]);
  assertEquals((await parseRadiograph(film({ "00280120": ["00280120", "US", 77] }))).padding, null);
});

Deno.test("padding of an inverted film takes the darkest value", async () => {
  const { pixels, padding } = await parseRadiograph(
    film({ "00280004": ["00280004", "CS", "MONOCHROME1"], "00280120": ["00280120", "US", 0] }),
  );
  assertEquals([...padding!], [1, 0, 0, 0, 0, 0]);
  assertEquals(pixels[0], 0);
});

Deno.test("PixelSpacing and ImagerPixelSpacing are distinguished; 0\\0 and damaged values are ignored", async () => {
  const at = async (changes: Record<string, Element>) => {
    const { pixelSpacingMm, spacingSource } = await parseRadiograph(film(changes));
    return [pixelSpacingMm, spacingSource];
  };
  const pixel = (text: string): Record<string, Element> => ({ "00280030": ["00280030", "DS", text] });
  const imager = (text: string): Record<string, Element> => ({ "00181164": ["00181164", "DS", text] });
  const scanned: Record<string, Element> = { "00182010": ["00182010", "DS", "0.17\\0.17"] };
  assertEquals(await at(pixel("0.2\\0.2")), [[0.2, 0.2], "PixelSpacing"]);
  assertEquals(await at(scanned), [[0.17, 0.17], "NominalScannedPixelSpacing"]);
  assertEquals(await at({ ...imager("0.1\\0.1"), ...scanned }), [[0.1, 0.1], "ImagerPixelSpacing"]);
  assertEquals(await at(imager("0.143\\0.143")), [[0.143, 0.143], "ImagerPixelSpacing"]);
  assertEquals(await at({ ...pixel("0.2\\0.2"), ...imager("0.1\\0.1") }), [[0.2, 0.2], "PixelSpacing"]);
  assertEquals(await at({ ...pixel("0\\0"), ...imager("0.1\\0.1") }), [[0.1, 0.1], "ImagerPixelSpacing"]);
  for (const text of ["0\\0", "0.2", "0,2\\0,2", "-1\\-1", "nan\\nan", "1e999\\1"]) {
    assertEquals(await at(pixel(text)), [null, "none"], text);
  }
});

Deno.test("PatientOrientation, otherwise ImageOrientationPatient, gives the film's orientation", async () => {
  const at = async (changes: Record<string, Element>) => {
    const { facts } = await parseStored(film(changes));
    return [facts.facing, facts.askew];
  };
  const oriented = (text: string) => at({ "00200020": ["00200020", "CS", text] });
  const cosines = (text: string) => at({ "00200037": ["00200037", "DS", text] });
  assertEquals(await at({}), ["unknown", false]);
  for (const text of ["L\\F", "l\\f", "LA\\FP"]) assertEquals(await oriented(text), ["front", false], text);
  for (const text of ["R\\F", "RP\\F "]) assertEquals(await oriented(text), ["behind", false], text);
  assertEquals(await oriented("L\\H"), ["front", true]);
  assertEquals(await oriented("R\\H"), ["behind", true]);
  for (const text of ["A\\F", "P\\F", "F\\R"]) assertEquals(await oriented(text), ["unknown", true], text);
  for (const text of ["", "\\", "L", "left\\foot\\x", "X\\F"]) {
    assertEquals(await oriented(text), ["unknown", false], text);
  }
  assertEquals(await cosines("1\\0\\0\\0\\0\\-1"), ["front", false]);
  assertEquals(await cosines("-1\\0\\0\\0\\0\\-1"), ["behind", false]);
  assertEquals(await cosines("0\\1\\0\\0\\0\\-1"), ["unknown", true]);
  assertEquals(await cosines("1\\0\\0"), ["unknown", false]);
});

Deno.test("NumberOfFrames 0 or blank is one frame; a negative one is an error", async () => {
  const frames = (text: string) => film({ "00280008": ["00280008", "IS", text] });
  for (const text of ["0", "", "1 "]) {
    assertEquals([...(await parseRadiograph(frames(text))).pixels], [0, 1000, 2000, 3000, 4000, 4095], text);
  }
  await assertRejects(() => parseRadiograph(frames("-1")), RadiographError, "from 1");
});

Deno.test("the side comes from ImageLaterality, then Laterality; B and U mean unknown", async () => {
  const side = async (changes: Record<string, Element>) => (await parseRadiograph(film(changes))).headerSide;
  const image = (text: string): Record<string, Element> => ({ "00200062": ["00200062", "CS", text] });
  const series = (text: string): Record<string, Element> => ({ "00200060": ["00200060", "CS", text] });
  assertEquals(await side(image("R")), "right");
  assertEquals(await side(series("L")), "left");
  assertEquals(await side({ ...image("L"), ...series("R") }), "left");
  for (const text of ["B", "U", "", "RIGHT"]) assertEquals(await side(image(text)), "unknown", text);
});

Deno.test("a missing or unknown photometric interpretation is rejected, because the polarity is unknown", async () => {
  assertEquals((await failure(film({ "00280004": null }))).code, "bad-header");
  assertEquals((await failure(film({ "00280004": ["00280004", "CS", "HSV"] }))).code, "bad-header");
  assertEquals((await failure(film({ "00280004": ["00280004", "CS", "PALETTE COLOR"] }))).code, "colour");
});

Deno.test("header rules: each violation is reported", async () => {
  const cases: [Element, string, string][] = [
    [["00280100", "US", 0], "bad-header", "BitsAllocated must be 1, 8, 16 or 32, got 0"],
    [["00280101", "US", 17], "bad-header", "BitsStored must be 1 to BitsAllocated (16), got 17"],
    [["00280102", "US", 3], "bad-header", "HighBit must be 11 to 15, got 3"],
    [
      ["00280002", "US", 3],
      "bad-header",
      "SamplesPerPixel must be 1 for PhotometricInterpretation MONOCHROME2, got 3",
    ],
    [["00280010", "US", 0], "bad-header", "whole numbers from 1"],
    [["00280011", "US", 65535], "too-large", "at most 32768 pixels per side"],
    [["00280008", "IS", "2000000000"], "too-large", "200000000 in all"],
    [["00280008", "IS", "two"], "bad-header", "whole numbers from 1"],
    [["00280010", "US", 3], "truncated", "expected 18 bytes, found 12"],
  ];
  for (const [element, code, message] of cases) {
    const error = await failure(film({ [element[0]]: element }));
    assertEquals(error.code, code, message);
    assert(error.message.includes(message), error.message);
  }
  for (const tag of ["00280010", "00280011", "00280100", "00280101"]) {
    assertEquals((await failure(film({ [tag]: null }))).code, "bad-header", tag);
  }
});

Deno.test("the error for an object without an image names its kind: DICOMDIR, structured report, PDF, floating point", async () => {
  const without = (changes: Record<string, Element> = {}) => failure(film({ "7FE00010": null, ...changes }));
  const cases: [Record<string, Element>, string][] = [
    [{}, "an object without pixel data"],
    [{ "00080060": ["00080060", "CS", "SR"] }, "a structured report"],
    [{ "00080016": ["00080016", "UI", "1.2.840.10008.5.1.4.1.1.104.1"] }, "an encapsulated PDF"],
    [{ "00041220": ["00041220", "SQ", []] }, "a DICOMDIR"],
    [{ "7FE00008": ["7FE00008", "OF", new Uint8Array(24)] }, "floating-point pixels"],
  ];
  for (const [changes, named] of cases) {
    const error = await without(changes);
    assertEquals(error.code, "no-pixels");
    assert(error.message.includes(named), error.message);
  }
});

Deno.test("an unknown transfer syntax is reported with its UID and a conversion command", async () => {
  const error = await failure(film({}, { uid: "1.2.840.10008.1.2.4.92" }));
  assertEquals(error.code, "unsupported-transfer-syntax");
  assert(error.message.includes("1.2.840.10008.1.2.4.92"), error.message);
  assert(error.fix.includes("gdcmconv --raw"), error.fix);
  assert((await failure(film({}, { uid: "1.2.840.10008.1.2.4.102" }))).fix.includes("video"));
  const planted = await failure(film({}, { uid: "Doe^Jane" }));
  assert(!planted.message.includes("Doe"), planted.message);
});

Deno.test("a file cut at every third byte is an error, never an image", async () => {
  const whole = film();
  for (let length = 1; length < whole.length; length += 3) {
    const error = await failure(whole.slice(0, length));
    assert(
      ["truncated", "not-an-image", "no-pixels", "corrupt"].includes(error.code),
      `${length}: ${error.code}`,
    );
  }
});

Deno.test("padding after the pixels and garbage after the data set are ignored", async () => {
  const pixels = new Uint8Array(14);
  pixels.set(new Uint8Array(Uint16Array.from(stored).buffer));
  const longer = film({ "7FE00010": ["7FE00010", "OW", pixels] });
  assertEquals([...(await readDicom(longer)).samples], stored);
  const junk = new Uint8Array([...film(), 0xfc, 0xff, 0xfc, 0xff, 1, 2, 3]);
  assertEquals([...(await readDicom(junk)).samples], stored);
});

Deno.test("extended offset tables, whose VR the parser does not know, do not hide the pixels", async () => {
  const table = new Uint8Array(BigUint64Array.of(0n).buffer),
    lengths = new Uint8Array(BigUint64Array.of(40n).buffer);
  const bytes = film({ "7FE00001": ["7FE00001", "OV", table], "7FE00002": ["7FE00002", "OV", lengths] });
  assertEquals([...(await readDicom(bytes)).samples], stored);
});

Deno.test("frames encapsulated without compression, or deflated individually, are read", async () => {
  const { deflateRawSync } = await import("node:zlib");
  const native = new Uint8Array(Uint16Array.from(stored).buffer), packed = deflateRawSync(native);
  const cases: [string, Uint8Array][] = [["1.2.840.10008.1.2.1.98", native], [
    "1.2.840.10008.1.2.8.1",
    packed,
  ]];
  for (const [uid, frame] of cases) {
    const even = new Uint8Array(frame.length + frame.length % 2);
    even.set(frame);
    const item = (length: number) => [0xfe, 0xff, 0x00, 0xe0, length, 0, 0, 0];
    const pixels = new Uint8Array([
      ...item(0),
      ...item(even.length),
      ...even,
      0xfe,
      0xff,
      0xdd,
      0xe0,
      0,
      0,
      0,
      0,
    ]);
    const bytes = film({ "7FE00010": ["7FE00010", "OB", pixels] }, { uid });
    new DataView(bytes.buffer).setUint32(bytes.length - pixels.length - 4, 0xffffffff, true);
    assertEquals([...(await readDicom(bytes)).samples], stored, uid);
  }
});
