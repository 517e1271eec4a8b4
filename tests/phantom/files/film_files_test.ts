import { assertEquals } from "@std/assert";
import { deidentifiedCopy } from "../../../src/archive/deidentified_copy.ts";
import { encodePng } from "../../../src/image/encode_png.ts";
import { filmFiles } from "../../../src/phantom/files/film_files.ts";
import { smallCohort } from "../../../src/phantom/patient/paper_cohort.ts";
import { parseRadiograph } from "../../../src/radiograph/parse_radiograph.ts";

const [plan] = smallCohort(1).patients;
const remarksOf = async (bytes: Uint8Array) => (await parseRadiograph(bytes, { name: "film" })).remarks ?? [];

for (const format of ["png", "dicom"] as const) {
  Deno.test(`a synthetic film written as ${format} is marked as synthetic after reading`, async () => {
    const { files: [film] } = await filmFiles(plan, { format, widthPx: 160 });
    assertEquals(await remarksOf(film.bytes), ["synthetic"]);
  });
}

Deno.test("a synthetic DICOM film is still marked as synthetic after de-identification", async () => {
  const { files: [film] } = await filmFiles(plan, { format: "dicom", widthPx: 160 });
  const { bytes } = await deidentifiedCopy(film.bytes, () => Promise.resolve("0123456789abcdef"));
  assertEquals(await remarksOf(bytes), ["synthetic"]);
});

Deno.test("a PNG whose text `Source` is missing or is not exactly the phantom's is not marked as synthetic", async () => {
  const picture = { widthPx: 20, heightPx: 20, samples: Uint8Array.from({ length: 400 }, (_, i) => i % 251) };
  for (const source of [null, "Caput phantom 2", "Scanner"]) {
    assertEquals(await remarksOf(encodePng(picture, { source })), []);
  }
});
