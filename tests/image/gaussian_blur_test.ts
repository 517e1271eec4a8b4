import { assertClose, assertEquals, assertThrows } from "@std/assert";
import { gaussianBlur } from "../../src/image/gaussian_blur.ts";
import type { GreyImage } from "../../src/types.ts";

const fixture = JSON.parse(await Deno.readTextFile(new URL("../fixtures/image/image.json", import.meta.url)));
const film: GreyImage = {
  kind: "grey-image",
  widthPx: fixture.film[0].length,
  heightPx: fixture.film.length,
  pixels: Float32Array.from(fixture.film.flat()),
};

Deno.test("gaussianBlur: agrees with scipy.ndimage.gaussian_filter, mode nearest", () => {
  assertClose(gaussianBlur(film, { sigmaPx: 1.3 }).pixels, fixture["gaussian_1.3"].flat(), {
    relative: 1e-6,
  });
});

Deno.test("gaussianBlur: sigma 0 copies the image; a large sigma leaves a constant image unchanged", () => {
  assertEquals(gaussianBlur(film, { sigmaPx: 0 }).pixels, film.pixels);
  const flat = { ...film, pixels: film.pixels.map(() => 7) };
  assertClose(gaussianBlur(flat, { sigmaPx: 40 }).pixels, flat.pixels, { relative: 1e-6 });
});

Deno.test("gaussianBlur: rejects a sigma that is negative or NaN", () => {
  assertThrows(() => gaussianBlur(film, { sigmaPx: -1 }), RangeError, "not negative");
  assertThrows(() => gaussianBlur(film, { sigmaPx: NaN }), RangeError, "got NaN");
});
