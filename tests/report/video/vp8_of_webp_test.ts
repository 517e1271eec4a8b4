import { assertEquals, assertThrows } from "@std/assert";
import sharp from "sharp";
import { vp8OfWebp } from "../../../src/report/video/vp8_of_webp.ts";

const picture = sharp({ create: { width: 20, height: 12, channels: 3, background: "#808080" } });

Deno.test("the key frame of a lossy image has the image's size (RFC 6386, 9.1)", async () => {
  const frame = vp8OfWebp(await picture.clone().webp({ quality: 80 }).toBuffer());
  const view = new DataView(frame.buffer, frame.byteOffset);
  assertEquals([view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff], [20, 12]);
});

Deno.test("a lossless WebP image, a truncated one, and a file that is not a WebP are rejected", async () => {
  const lossless = await picture.clone().webp({ lossless: true }).toBuffer();
  assertThrows(() => vp8OfWebp(lossless), SyntaxError, "a complete lossy image");
  const lossy = await picture.clone().webp().toBuffer();
  assertThrows(() => vp8OfWebp(lossy.subarray(0, lossy.length - 4)), SyntaxError, "a complete lossy image");
  assertThrows(() => vp8OfWebp(new Uint8Array(40)), SyntaxError, "RIFF");
});
