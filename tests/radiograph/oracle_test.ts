import { assert, assertEquals, assertRejects } from "@std/assert";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { RadiographError } from "../../src/radiograph/guard/radiograph_error.ts";
import { readDicom } from "../../src/radiograph/dicom/read_dicom.ts";
import { storedSha256 } from "../../src/radiograph/stored/stored_sha256.ts";
import { hasSharedData, sharedBytes, sharedJson } from "./shared_data.ts";

const ignore = !hasSharedData;

/**
 * Files of `oracle.json` whose expected values are wrong, because the only reference decoder failed without an error;
 * tests below check them.
 */
const oracleFailed = new Set([
  "generated/wrongts_jls_as_j2k.dcm",
  "pydicom-MIT/JPEG2000-embedded-sequence-delimiter.dcm",
]);

Deno.test({
  name:
    "every DICOM file whose expected values are reliable is read with exact stored values, including colour and several frames",
  ignore,
  async fn() {
    let asserted = 0;
    for (const row of (await sharedJson("dicom/oracle.json")).files) {
      if (!row.stored_sha256 || row.note?.includes("do not assert") || oracleFailed.has(row.file)) continue;
      const image = await readDicom(await sharedBytes(`dicom/${row.file}`));
      assertEquals(storedSha256(image.samples), row.stored_sha256, row.file);
      const { frames, rows, columns, samplesPerPixel } = image;
      const shape = [
        ...(frames > 1 ? [frames] : []),
        rows,
        columns,
        ...(samplesPerPixel > 1 ? [samplesPerPixel] : []),
      ];
      assertEquals(shape, row.shape, row.file);
      asserted++;
    }
    assertEquals(asserted, 243);
  },
});

Deno.test({
  name: "DICOM files without pixels, and damaged ones, are rejected with the expected code",
  ignore,
  async fn() {
    const codes: Record<string, string> = {
      "pydicom-MIT/MR_truncated.dcm": "truncated",
      "pydicom-MIT/badVR.dcm": "bad-header",
      "pydicom-MIT/meta_missing_tsyntax.dcm": "bad-header",
      "pydicom-MIT/nested_priv_SQ.dcm": "bad-header",
      "pydicom-MIT/rtplan_truncated.dcm": "corrupt",
      "pydicom-MIT/JPEG2000-embedded-sequence-delimiter.dcm": "corrupt",
    };
    for (const row of (await sharedJson("dicom/oracle.json")).files) {
      const expected = codes[row.file] ?? (row.has_pixels === false ? "no-pixels" : null);
      if (!expected) continue;
      const error = await readDicom(await sharedBytes(`dicom/${row.file}`)).then(
        () => null,
        (error) => error,
      );
      assert(error instanceof RadiographError, row.file);
      assertEquals(error.code, expected, row.file);
    }
  },
});

Deno.test({
  name: "a wrong transfer syntax: the codestream's own markers decide, and the image is correct",
  ignore,
  async fn() {
    const [labelled, plain] = await Promise.all(
      ["wrongts_jls_as_j2k", "u16_10"].map(async (name) =>
        readDicom(await sharedBytes(`dicom/generated/${name}.dcm`))
      ),
    );
    assertEquals(labelled.samples, plain.samples);
    assertEquals(labelled.transferSyntax, "1.2.840.10008.1.2.4.90");
  },
});

Deno.test({
  name:
    "files without preamble, without meta header, or with fragments and no offset table give the samples of the ordinary file",
  ignore,
  async fn() {
    const plain = await readDicom(await sharedBytes("dicom/generated/u16_10.dcm"));
    for (const name of ["nometa_ele", "nometa_ile", "nopreamble_meta", "u16_10_j2kr_3frag_nobot"]) {
      const image = await readDicom(await sharedBytes(`dicom/generated/${name}.dcm`));
      assertEquals(image.samples, plain.samples, name);
    }
  },
});

Deno.test({
  name: "a file with several frames is rejected unless a frame is selected by its index",
  ignore,
  async fn() {
    const bytes = await sharedBytes("dicom/generated/mf3_jls.dcm");
    await assertRejects(() => parseRadiograph(bytes), RadiographError, "this file has 3");
    const last = await parseRadiograph(bytes, { frame: 2 });
    assertEquals([last.widthPx, last.heightPx], [203, 181]);
    assertEquals([...last.pixels], [...(await readDicom(bytes)).samples.subarray(2 * 203 * 181)]);
    await assertRejects(() => parseRadiograph(bytes, { frame: 3 }), RangeError, "must be 0 to 2");
  },
});

Deno.test({
  name: "images in true colour are rejected; grey ones stored as colour are accepted with a remark",
  ignore,
  async fn() {
    for (
      const name of [
        "pydicom-data-MIT/OT-PAL-8-face",
        "pydicom-data-MIT/SC_rgb",
        "pydicom-data-MIT/JLSL_RGB_ILV0",
      ]
    ) {
      const error = await parseRadiograph(await sharedBytes(`dicom/${name}.dcm`), { name: "x.dcm" })
        .catch((error) => error);
      assertEquals([error.code, error.file], ["colour", "x.dcm"], name);
    }
    const grey = await parseRadiograph(await sharedBytes("raster/rgba8_gray.png"));
    const plain = await parseRadiograph(await sharedBytes("raster/g8.png"));
    assertEquals(grey.pixels, plain.pixels);
    assertEquals([grey.remarks, plain.remarks], [["colour"], undefined]);
  },
});

Deno.test({
  name:
    "the luminance of an image in JPEG 2000 with either colour transform is the same within 2 grey values on average",
  ignore,
  async fn() {
    const read = async (name: string) =>
      (await parseRadiograph(await sharedBytes(`dicom/pydicom-data-MIT/${name}.dcm`))).pixels;
    const rct = await read("US1_J2KR"), ict = await read("US1_J2KI");
    let sum = 0;
    for (let i = 0; i < rct.length; i++) sum += Math.abs(rct[i] - ict[i]);
    assert(sum / rct.length < 2, `${sum / rct.length}`);
  },
});
