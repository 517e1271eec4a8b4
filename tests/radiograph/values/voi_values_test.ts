import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { displayImage } from "../../../src/radiograph/values/display_image.ts";
import { modalityValues } from "../../../src/radiograph/values/modality_values.ts";
import { RadiographError } from "../../../src/radiograph/guard/radiograph_error.ts";
import { readDicom } from "../../../src/radiograph/dicom/read_dicom.ts";
import { storedSha256 } from "../../../src/radiograph/stored/stored_sha256.ts";
import type { ValueRules } from "../../../src/radiograph/stored/stored_image.ts";
import { toRadiograph } from "../../../src/radiograph/values/to_radiograph.ts";
import { voiValues } from "../../../src/radiograph/values/voi_values.ts";
import { hasSharedData, sharedBytes, sharedJson } from "../shared_data.ts";

const ignore = !hasSharedData;

Deno.test({
  name: "modality and VOI values of every file of the VOI oracle",
  ignore,
  async fn() {
    const oracle = await sharedJson("dicom/voi_oracle.json");
    for (const name of Object.keys(oracle)) {
      const expected = oracle[name], image = await readDicom(await sharedBytes(`dicom/${name}`));
      if (name === "generated/slope_zero.dcm") {
        assertThrows(
          () => modalityValues(image.samples, image),
          RadiographError,
          "RescaleSlope must not be 0",
        );
        continue;
      }
      const modality = modalityValues(image.samples, image);
      assertEquals(
        storedSha256(modality.values as Float64Array<ArrayBuffer>),
        expected.modality.sha256_f64le,
        name,
      );
      if (expected.voi_error) {
        assertThrows(
          () => voiValues(modality, image),
          RadiographError,
          "its width must be at least 1, got 0",
        );
        continue;
      }
      const { values } = voiValues(modality, image);
      // The last bit of exp differs between libraries: values instead of their hash.
      if (image.rules.voiFunction === "SIGMOID") {
        assertClose(values.reduce((a, b) => Math.min(a, b)), expected.voi0.min, { relative: 1e-14 });
        assertClose(values.reduce((a, b) => Math.max(a, b)), expected.voi0.max, { relative: 1e-14 });
        assertClose(values[0], expected.voi0.samples[0], { relative: 1e-14 });
      } else {
        assertEquals(storedSha256(values as Float64Array<ArrayBuffer>), expected.voi0.sha256_f64le, name);
      }
    }
  },
});

Deno.test({
  name: "scoring does not use the display window: films that differ only in it give identical pixels",
  ignore,
  async fn() {
    const plain = toRadiograph(await readDicom(await sharedBytes("dicom/generated/u16_10.dcm")));
    for (const name of ["mono2_win2", "mono2_sigmoid", "mono2_linexact", "mono2_win_zero", "voilut"]) {
      const other = toRadiograph(await readDicom(await sharedBytes(`dicom/generated/${name}.dcm`)));
      assertEquals(other.pixels, plain.pixels, name);
    }
  },
});

Deno.test({
  name: "polarity: modality, then VOI, then inversion; MONOCHROME1 is bright where its values are small",
  ignore,
  async fn() {
    const image = await readDicom(await sharedBytes("dicom/pydicom-data-MIT/RG3_J2KR.dcm"));
    assertEquals(image.photometric, "MONOCHROME1");
    const { pixels } = toRadiograph(image), shown = displayImage(image);
    const { values } = voiValues(modalityValues(image.samples, image), image);
    for (const i of [0, 1000, 123456, 999999]) {
      assertEquals(pixels[i], 1023 - image.samples[i]);
      assertClose(shown.pixels[i], 1 - values[i] / 1023, { absolute: 1e-6 });
    }
  },
});

/** Values 0 to 200 through a window. */
function shown(values: number[], [center, width]: [number, number], voiFunction: string): number[] {
  const rules = {
    voiLuts: [],
    windows: [{ center: String(center), width: String(width) }],
    voiFunction,
  } as unknown as ValueRules;
  const { values: out } = voiValues({ values: Float64Array.from(values), scale: [0, 200] }, { rules });
  return Array.from(out, (value) => Math.round(1e9 * value) / 1e9);
}

Deno.test("window functions by hand: LINEAR is centred 0.5 lower and is 1 narrower (C.11.2.1.2.1)", () => {
  // LINEAR, centre 100, width 51: from 74.5 to 124.5, 4 a value.
  assertEquals(shown([0, 74.5, 74.75, 99.5, 100, 124.5, 125, 200], [100, 51], "LINEAR"), [
    0,
    0,
    1,
    100,
    102,
    200,
    200,
    200,
  ]);
  // LINEAR_EXACT, centre 100, width 50: from 75 to 125.
  assertEquals(shown([0, 75, 76, 100, 125, 126], [100, 50], "LINEAR_EXACT"), [0, 0, 4, 100, 200, 200]);
  const [middle, quarter] = shown([100, 112.5], [100, 50], "SIGMOID");
  assertClose([middle, quarter], [100, 200 / (1 + Math.exp(-1))], { absolute: 1e-8 });
  assertEquals(shown([99, 99.5, 100], [100, 1], "LINEAR"), [0, 0, 200], "a width of 1 is a threshold");
  assertThrows(() => shown([1], [100, 0.5], "LINEAR"), RadiographError, "at least 1");
  assertThrows(() => shown([1], [100, 0], "LINEAR_EXACT"), RadiographError, "above 0");
});
