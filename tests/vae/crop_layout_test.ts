import { assertClose, assertEquals } from "@std/assert";
import { cropLayout, LAYOUT_VALUES } from "../../src/vae/crop_layout.ts";

const SIDE = 8;
const crop = (pixels: Float32Array) => ({ pixels, sizePx: SIDE });
const uneven = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
  const x = i % SIDE, y = Math.floor(i / SIDE);
  return (7 * x * x + 3 * x * y + 5 * y * y * y + 11 * x) % 17 / 16;
});

Deno.test("the layout of a crop equals SciPy's cosine transform", () => {
  // import numpy as np; from scipy.fft import dctn            # SciPy 1.x, type II
  // v = np.array([[((7*x*x + 3*x*y + 5*y*y*y + 11*x) % 17) / 16 for x in range(8)] for y in range(8)])
  // c = dctn(v - v.mean(), type=2, norm="ortho") / 8 / v.std()
  // [c[down, across] for across in range(4) for down in range(4 - across) if across + down]
  const expected = [
    ...[-0.062595923, -0.228926625, 0.238627172, 0.025063901, -0.1066847],
    ...[-0.047957465, 0.127912751, -0.170276176, 0.138059496],
  ];
  const found = cropLayout(crop(uneven));
  assertEquals(found.length, LAYOUT_VALUES);
  assertClose(found, expected, { absolute: 1e-6 });
});

Deno.test("the layout does not depend on brightness or contrast, changes sign on a negative image, and its odd orders change sign if the crop is turned by 180 degrees", () => {
  const found = cropLayout(crop(uneven));
  const paler = uneven.map((value) => 0.2 + 0.5 * value), negative = uneven.map((value) => 1 - value);
  assertClose(cropLayout(crop(paler)), found, { absolute: 1e-6 });
  assertClose(cropLayout(crop(negative)), found.map((value) => -value), { absolute: 1e-6 });
  // After half a turn, coefficients of odd order change their sign. Orders of the nine: 1 2 3, 1 2 3, 2 3, 3.
  const odd = [true, false, true, true, false, true, false, true, true];
  const turned = found.map((value, k) => odd[k] ? -value : value);
  assertClose(cropLayout(crop(uneven.toReversed())), turned, { absolute: 1e-6 });
});

Deno.test("the layout of a blank crop is 0", () => {
  assertEquals([...cropLayout(crop(new Float32Array(SIDE * SIDE).fill(0.5)))], Array(LAYOUT_VALUES).fill(0));
});
