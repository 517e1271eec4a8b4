import { assert, assertEquals } from "@std/assert";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { parseStored } from "../../src/radiograph/parse_stored.ts";
import { RadiographError } from "../../src/radiograph/guard/radiograph_error.ts";
import { storedSha256 } from "../../src/radiograph/stored/stored_sha256.ts";
import { hasSharedData, sharedBytes, sharedData, sharedJson } from "./shared_data.ts";

const ignore = !hasSharedData;

Deno.test({
  name: "the PNG, TIFF and JPEG files of expected.json have exactly the expected stored values",
  ignore,
  async fn() {
    const expected = await sharedJson("raster/expected.json");
    for (const [name, { sha256, shape }] of Object.entries<{ sha256: string; shape: number[] }>(expected)) {
      if (name === "g16_miniswhite.tif") continue; // its expected values are the inverted ones; the next test checks them
      const image = await parseStored(await sharedBytes(`raster/${name}`));
      assertEquals(storedSha256(image.samples), sha256, name);
      assertEquals(
        [image.rows, image.columns, image.samplesPerPixel],
        [shape[0], shape[1], shape[2] ?? 1],
        name,
      );
    }
  },
});

Deno.test({
  name: "MinIsWhite is recorded in the stored image, and the radiograph is inverted",
  ignore,
  async fn() {
    const expected = await sharedJson("raster/expected.json");
    const bytes = await sharedBytes("raster/g16_miniswhite.tif");
    assertEquals((await parseStored(bytes)).photometric, "MINISWHITE");
    const inverted = Uint16Array.from((await parseRadiograph(bytes)).pixels);
    assertEquals(storedSha256(inverted), expected["g16_miniswhite.tif"].sha256);
  },
});

Deno.test({
  name: "every hostile PNG, TIFF and JPEG is rejected with the expected code and a fix",
  ignore,
  async fn() {
    const codes: Record<string, string> = {
      "bomb_40000x40000.png": "too-large",
      "crc_bad.png": "corrupt",
      "dims65535.jpg": "too-large",
      "hugedims.tif": "too-large",
      "hugehdr.png": "too-large",
      "idat_longer_than_dims.png": "too-large",
      "ifd_loop.tif": "truncated",
      "trunc_half.jpg": "truncated",
      "trunc_half.png": "truncated",
      "trunc_half.tif": "truncated",
      "zerodim.png": "bad-header",
    };
    for await (const { name } of Deno.readDir(new URL("raster/hostile", sharedData))) {
      const error = await parseStored(await sharedBytes(`raster/hostile/${name}`)).then(
        () => null,
        (error) => error,
      );
      assert(error instanceof RadiographError, `${name}: ${error}`);
      assertEquals(error.code, codes[name] ?? "a code for this file", name);
      assert(error.fix.length > 0, name);
    }
  },
});
