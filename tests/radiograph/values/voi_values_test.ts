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
  name: "modality and VOI values of every file of voi_oracle.json are the expected ones",
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
      // The last bit of exp differs between libraries, so values are compared instead of hashes.
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
  name:
    "toRadiograph does not use the display window: films that differ only in the window give identical pixels",
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
  name:
    "MONOCHROME1 is inverted: by toRadiograph after the modality transform, by displayImage after the VOI transform",
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

/** Values after a window function, on a scale from 0 to 200 unless another is given. */
function windowed(
  values: number[],
  [center, width]: [number, number],
  voiFunction: string,
  scale: [number, number] = [0, 200],
): number[] {
  const rules = {
    voiLuts: [],
    windows: [{ center: String(center), width: String(width) }],
    voiFunction,
  } as unknown as ValueRules;
  const { values: out } = voiValues({ values: Float64Array.from(values), scale }, { rules });
  return Array.from(out, (value) => Math.round(1e9 * value) / 1e9);
}

Deno.test("window functions as computed by hand: LINEAR is centred 0.5 lower and is 1 narrower (C.11.2.1.2.1)", () => {
  // LINEAR, centre 100, width 51: from 74.5 to 124.5, so 4 output levels per input value.
  const linear = windowed([0, 74.5, 74.75, 80, 99.5, 100, 120, 124.5, 125, 200], [100, 51], "LINEAR");
  assertEquals(linear, [0, 0, 1, 22, 100, 102, 182, 200, 200, 200]);
  // LINEAR_EXACT, centre 100, width 50: from 75 to 125.
  assertEquals(windowed([0, 75, 76, 100, 125, 126], [100, 50], "LINEAR_EXACT"), [0, 0, 4, 100, 200, 200]);
  const [middle, quarter] = windowed([100, 112.5], [100, 50], "SIGMOID");
  assertClose([middle, quarter], [100, 200 / (1 + Math.exp(-1))], { absolute: 1e-8 });
  assertEquals(windowed([99, 99.5, 100], [100, 1], "LINEAR"), [0, 0, 200], "a width of 1 is a threshold");
  assertThrows(() => windowed([1], [100, 0.5], "LINEAR"), RadiographError, "at least 1");
  assertThrows(() => windowed([1], [100, 0], "LINEAR_EXACT"), RadiographError, "above 0");
});

Deno.test("a window's output fills the scale of the modality values, whatever the lower end of the scale", () => {
  assertEquals(windowed([0, 74.75, 99.5, 200], [100, 51], "LINEAR", [50, 250]), [50, 51, 150, 250]);
  // The narrowest windows: LINEAR_EXACT and SIGMOID take any width above 0.
  assertEquals(windowed([99.5, 99.75, 100.5], [100, 1], "LINEAR_EXACT", [50, 250]), [50, 100, 250]);
  assertEquals(windowed([99.75, 100, 100.25], [100, 0.5], "LINEAR_EXACT", [50, 250]), [50, 150, 250]);
  const [middle, quarter] = windowed([100, 112.5], [100, 50], "SIGMOID", [50, 250]);
  assertClose([middle, quarter], [150, 50 + 200 / (1 + Math.exp(-1))], { absolute: 1e-8 });
});

Deno.test("a VOI table takes precedence over a window, and the table's bits determine the scale; without table and window no value changes", () => {
  const table = { first: 10, bits: 12, entries: Uint16Array.of(100, 200, 4095) };
  const other = { first: 0, bits: 8, entries: Uint16Array.of(0, 255) };
  const rules = (voiLuts: ValueRules["voiLuts"], windows: ValueRules["windows"]) =>
    ({ voiLuts, windows, voiFunction: "LINEAR" }) as unknown as ValueRules;
  const values = Float64Array.of(0, 10, 11, 12, 50), modality = { values, scale: [0, 63] as const };
  const windows = [{ center: "10", width: "5" }];
  assertEquals(voiValues(modality, { rules: rules([table, other], windows) }), {
    values: Float64Array.of(100, 100, 200, 4095, 4095),
    scale: [0, 4095],
  });
  const second = voiValues(modality, { rules: rules([table, other], windows), index: 1 });
  assertEquals(second, { values: Float64Array.of(0, 255, 255, 255, 255), scale: [0, 255] });
  assertEquals(voiValues(modality, { rules: rules([], []) }), modality);
});
