import { assert, assertEquals } from "@std/assert";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { hasSharedData, sharedBytes, sharedJson } from "./shared_data.ts";

const ignore = !hasSharedData;

Deno.test({
  name: "equal stored values give identical pixels in many lossless transfer syntaxes",
  ignore,
  async fn() {
    const lossless = /^1\.2\.840\.10008\.1\.2(\.1|\.2|\.1\.99|\.5|\.4\.(57|70|80|90|201))?$/;
    for (const depth of ["u8", "u16_10", "u16_12", "u16_16", "i16_12", "i16_16"]) {
      const plain = await parseRadiograph(await sharedBytes(`dicom/generated/${depth}.dcm`));
      let compared = 0;
      for (const row of (await sharedJson("dicom/oracle.json")).files) {
        if (!row.file.startsWith(`generated/${depth}_`) || !lossless.test(row.ts)) continue;
        const coded = await parseRadiograph(await sharedBytes(`dicom/${row.file}`));
        if (row.stored_sha256 !== plain.storedSha256) continue; // another image with a different bit depth
        assertEquals(coded.pixels, plain.pixels, row.file);
        compared++;
      }
      assert(compared >= 8, `${depth}: only ${compared} compared`);
    }
  },
});

Deno.test({
  name:
    "PNG and TIFF with the same stored values give identical pixels; MinIsWhite is inverted so that bone is bright",
  ignore,
  async fn() {
    const plain = await parseRadiograph(await sharedBytes("raster/g16.png"));
    const names =
      "g16_interlaced.png g16_gama.png g16_none.tif g16_tiff_lzw.tif g16_tiff_adobe_deflate.tif " +
      "g16_packbits.tif g16_tiled.tif g16_lzw_pred.tif g16_big.tif g16_zstd.tif g16_be.tif multi.tif " +
      "g16_miniswhite.tif g16_be_miw.tif";
    for (const name of names.split(" ")) {
      const other = await parseRadiograph(await sharedBytes(`raster/${name}`));
      assertEquals(other.pixels, plain.pixels, name);
    }
  },
});

Deno.test({
  name: "the hip as DICOM and as 16-bit PNG: the values of the PNG are 64 times those of the DICOM",
  ignore,
  async fn() {
    const dicom = await parseRadiograph(await sharedBytes("hip/RG2_hip.dcm"));
    const png = await parseRadiograph(await sharedBytes("hip/RG2_hip_16bit.png"));
    assertEquals([dicom.widthPx, dicom.heightPx, dicom.bitsStored], [1760, 2140, 10]);
    assertEquals(dicom.pixels.map((value) => 64 * value), png.pixels);
    assertEquals([dicom.pixelSpacingMm, dicom.spacingSource], [[0.2, 0.2], "PixelSpacing"]);
    assertEquals([png.pixelSpacingMm, png.spacingSource], [null, "none"]);
  },
});

Deno.test({
  name: "a lossy copy of the hip differs by less than 0.2 % of its range on average",
  ignore,
  async fn() {
    const plain = await parseRadiograph(await sharedBytes("hip/RG2_hip.dcm"));
    const lossy = await parseRadiograph(await sharedBytes("dicom/generated/RG2_jpegext12.dcm"));
    const ratio = 4; // the same film in 12 bits instead of 10
    const floats = (values: ArrayLike<number>) => Float32Array.from(values);
    const range = (values: Float32Array) =>
      values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
    const [expected, got] = [floats(plain.pixels), floats(lossy.pixels)];
    const scale = range(got) > 1.5 * range(expected) ? ratio : 1;
    const total = expected.reduce((sum, value, i) => sum + Math.abs(value - got[i] / scale), 0);
    assert(
      total / expected.length < 0.002 * range(expected),
      `mean difference ${total / expected.length}`,
    );
  },
});
