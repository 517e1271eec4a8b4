import { assertEquals, assertThrows } from "@std/assert";
import { decode } from "fast-png";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { encodePng } from "../../src/image/encode_png.ts";

const prng = seededPrng(6);
const grey8 = Uint8Array.from({ length: 19 * 13 }, () => prng.integer(256));
const grey16 = Uint16Array.from({ length: 19 * 13 }, () => prng.integer(65536));
const colour = Uint8Array.from({ length: 19 * 13 * 3 }, () => prng.integer(256));

Deno.test("encodePng: an independent decoder restores the samples, for each depth, colour and filter at two levels", () => {
  for (const [level, filter] of [[0, "none"], [1, "none"], [6, "paeth"], [9, "paeth"]] as const) {
    for (const [samples, channels, depth] of [[grey8, 1, 8], [grey16, 1, 16], [colour, 3, 8]] as const) {
      const png = decode(encodePng({ widthPx: 19, heightPx: 13, channels, samples }, { level, filter }), {
        checkCrc: true,
      });
      assertEquals([png.width, png.height, png.channels, png.depth], [19, 13, channels, depth]);
      assertEquals([...png.data], [...samples]);
    }
  }
});

Deno.test("encodePng: the same image gives the same bytes; pixel spacing is stored as pixels per metre, x before y", () => {
  const picture = { widthPx: 19, heightPx: 13, samples: grey8 };
  assertEquals(encodePng(picture), encodePng(picture));
  const png = decode(encodePng(picture, { pixelSpacingMm: [0.2, 0.1] }));
  assertEquals(png.resolution, { x: 10000, y: 5000, unit: 1 });
});

Deno.test("encodePng: rejects a wrong number of samples, 16-bit colour, and levels out of range", () => {
  assertThrows(() => encodePng({ widthPx: 2, heightPx: 2, samples: new Uint8Array(3) }), TypeError, "got 3");
  assertThrows(
    () => encodePng({ widthPx: 1, heightPx: 1, channels: 3, samples: new Uint16Array(3) }),
    TypeError,
    "16 bits",
  );
  assertThrows(
    () => encodePng({ widthPx: 1, heightPx: 1, samples: grey8.subarray(0, 1) }, { level: -1 }),
    RangeError,
    "level",
  );
});
