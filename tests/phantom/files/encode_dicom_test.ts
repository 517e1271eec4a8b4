import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import dicomParser from "dicom-parser";
import { encodeDicom } from "../../../src/phantom/files/encode_dicom.ts";
import { renderRadiograph } from "../../../src/phantom/film/render_radiograph.ts";
import { samplePatient } from "../../../src/phantom/patient/sample_patient.ts";

const film = (bits: number, hip = false) => {
  const p = samplePatient(seededPrng(20), { id: "t0001" });
  const view = hip ? { ...p.view, kind: "hip" as const } : p.view;
  return renderRadiograph({ ...p, view, processing: { ...p.processing, bits } }, {
    widthPx: 129,
    heightPx: 97,
  });
};

Deno.test("a film written as DICOM with 8, 10, 12 or 16 bits reads back unchanged", async () => {
  for (const bits of [8, 10, 12, 16]) {
    const source = film(bits), bytes = await encodeDicom(source, { name: "test 1" });
    const set = dicomParser.parseDicom(bytes), pixel = set.elements.x7fe00010;
    assertEquals([set.uint16("x00280010"), set.uint16("x00280011"), set.uint16("x00280101")], [
      97,
      129,
      bits,
    ]);
    const got = Array.from(
      source.image.stored,
      (_, i) =>
        bits === 8
          ? bytes[pixel.dataOffset + i]
          : bytes[pixel.dataOffset + 2 * i] | bytes[pixel.dataOffset + 2 * i + 1] << 8,
    );
    assertEquals(got, Array.from(source.image.stored));
    assertEquals(set.string("x00100020"), "t0001");
    assertEquals(set.string("x00100010") ?? "", "");
  }
});

Deno.test("the same film gives the same file; a different name gives different UIDs", async () => {
  const source = film(12),
    [a, b, c] = await Promise.all(["x", "x", "y"].map((name) => encodeDicom(source, { name })));
  assertEquals(a, b);
  assert(dicomParser.parseDicom(a).string("x00080018") !== dicomParser.parseDicom(c).string("x00080018"));
});

Deno.test("the validator dciodvfy finds no error in an 8-bit, a 12-bit and a single-hip film", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const source of [film(8), film(12), film(12, true)]) {
      const path = `${folder}/film.dcm`;
      await Deno.writeFile(path, await encodeDicom(source, { name: "check" }));
      const { stderr } = await new Deno.Command("dciodvfy", { args: [path], stdout: "null" }).output();
      const text = new TextDecoder().decode(stderr);
      assert(/CRImage/.test(text), text);
      assert(!/error/i.test(text), text);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log("skipped: dciodvfy (Debian's dicom3tools) is not installed");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
