import { assert, assertEquals, assertThrows } from "@std/assert";
import { readDicom } from "../../../src/radiograph/dicom/read_dicom.ts";
import { FileMemory } from "../../../src/radiograph/guard/read_file_bytes.ts";
import { RadiographError } from "../../../src/radiograph/guard/radiograph_error.ts";
import { storedValues } from "../../../src/radiograph/dicom/stored_values.ts";
import { toRadiograph } from "../../../src/radiograph/values/to_radiograph.ts";
import { type Element, film } from "../make_dicom.ts";

/** Three by two pixels: 0, 1000, 2000, 3000, 4000, 4095. */
const read = (changes: Record<string, Element> = {}) => readDicom(film(changes));

Deno.test("toRadiograph: integers that no transform changes are a view of the stored samples", async () => {
  const image = await read(), { pixels } = toRadiograph(image);
  assert(pixels instanceof Uint16Array);
  assert(pixels.buffer === image.samples.buffer);
  assertEquals([...pixels], [0, 1000, 2000, 3000, 4000, 4095]);
});

Deno.test("toRadiograph: MONOCHROME1 is inverted within the range of storable values, as an integer copy", async () => {
  const image = await read({ "00280004": ["00280004", "CS", "MONOCHROME1"] });
  const { pixels } = toRadiograph(image);
  assert(pixels instanceof Uint16Array);
  assertEquals([...pixels], [4095, 3095, 2095, 1095, 95, 0]);
  assertEquals([...image.samples], [0, 1000, 2000, 3000, 4000, 4095]);
});

Deno.test("toRadiograph: a slope or declared padding gives floats and leaves the stored values unchanged", async () => {
  const sloped = await read({
    "00281052": ["00281052", "DS", "-1"],
    "00281053": ["00281053", "DS", "0.5"],
  });
  const { pixels } = toRadiograph(sloped);
  assert(pixels instanceof Float32Array);
  assertEquals([...pixels], [-1, 499, 999, 1499, 1999, 2046.5]);
  const padded = await read({ "00280120": ["00280120", "US", 4095] });
  const film = toRadiograph(padded);
  assert(film.pixels instanceof Float32Array);
  assertEquals([...film.pixels], [0, 1000, 2000, 3000, 4000, 0]);
  assertEquals([...film.padding!], [0, 0, 0, 0, 0, 1]);
  assertEquals([...padded.samples], [0, 1000, 2000, 3000, 4000, 4095]);
});

Deno.test("toRadiograph: for another thread, pixels are copied to shared memory with the same type", async () => {
  const { pixels } = toRadiograph(await read(), { shared: true });
  assert(pixels instanceof Uint16Array && pixels.buffer instanceof SharedArrayBuffer);
  assertEquals([...pixels], [0, 1000, 2000, 3000, 4000, 4095]);
});

Deno.test("toRadiograph: storedSha256 is the hash of the stored values, also when it is read again and after structured cloning", async () => {
  const radiograph = toRadiograph(await read()), { storedSha256 } = radiograph;
  assertEquals(storedSha256, "d8714b0b41ca917937269c5960dc6197a5bedc405c5298c18f116045dba2b17a"); // of the six words
  assertEquals(radiograph.storedSha256, storedSha256);
  assertEquals(structuredClone(toRadiograph(await read())).storedSha256, storedSha256);
});

Deno.test("storedValues: a bit beyond BitsStored is removed from any of the values; without such bits the result is a view", () => {
  const bits = { bitsAllocated: 16, bitsStored: 12, highBit: 11, signed: false };
  for (let length = 1; length < 8; length++) {
    for (const offset of [0, 2, 4, 6]) {
      const clean = new Uint16Array(new Uint8Array(32).buffer, offset, length).fill(7);
      const view = new Uint8Array(clean.buffer, offset, 2 * length);
      assert(
        storedValues(view, bits).buffer === clean.buffer,
        "no extra bits to remove, so the result must be a view",
      );
      for (let at = 0; at < length; at++) {
        const dirty = new Uint16Array(new ArrayBuffer(32), offset, length).fill(7);
        dirty[at] |= 0x8000;
        const got = storedValues(new Uint8Array(dirty.buffer, offset, 2 * length), bits);
        assertEquals([...got], new Array(length).fill(7), `${length} values, offset ${offset}, bit in ${at}`);
      }
    }
  }
});

Deno.test("FileMemory: reads a shorter file into the memory of the previous file; a missing file and a folder are rejected", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/long`, "long file");
    await Deno.writeTextFile(`${folder}/short`, "short");
    const memory = new FileMemory(), text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const long = memory.read(`${folder}/long`);
    assertEquals(text(long), "long file");
    const short = memory.read(`${folder}/short`);
    assertEquals(text(short), "short");
    assert(short.buffer === long.buffer);
    assertThrows(() => memory.read(`${folder}/none`), RadiographError, "it does not exist");
    assertThrows(() => memory.read(folder), RadiographError, "not a regular file");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
