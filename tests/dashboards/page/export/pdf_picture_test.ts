import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import sharp from "sharp";
import { jpegShape, pdfPicture } from "../../../../dashboards/page/export/pdf_picture.ts";

const grey = (progressive: boolean) =>
  sharp({ create: { width: 30, height: 20, channels: 3, background: "#808080" } })
    .toColourspace("b-w").jpeg({ progressive }).toBuffer();

Deno.test("a JPEG's size and channels are read from its header, baseline or progressive", async () => {
  for (const progressive of [false, true]) {
    assertEquals(jpegShape(new Uint8Array(await grey(progressive))), { width: 30, height: 20, channels: 1 });
  }
});

Deno.test("a JPEG is embedded in the PDF unchanged", async () => {
  const bytes = new Uint8Array(await grey(true));
  const picture = await pdfPicture(`data:image/jpeg;base64,${bytes.toBase64()}`);
  assertEquals(picture.stream, bytes);
  assertEquals(/Width 30 \/Height 20 .*DeviceGray \/Filter \/DCTDecode/.test(picture.dictionary), true);
});

Deno.test("a file that is not a JPEG is rejected", async () => {
  assertThrows(() => jpegShape(new Uint8Array(40)), SyntaxError, "must be a JPEG");
  assertThrows(() => jpegShape(new Uint8Array(0)), SyntaxError, "must be a JPEG");
  await assertRejects(() => pdfPicture(`data:image/jpeg;base64,${btoa("nothing at all")}`), SyntaxError);
});
