import { assert, assertEquals } from "@std/assert";
import { unzlibSync } from "fflate";
import { pageFonts } from "../../dashboards/page_font.ts";

Deno.test("the page's fonts are TrueType files with glyphs for letters, digits and signs that figures use", async () => {
  const fonts = await pageFonts();
  assertEquals(fonts.map(({ name }) => name), ["DejaVuSansCondensed", "DejaVuSansCondensed-Bold"]);
  for (const font of fonts) {
    const file = unzlibSync(Uint8Array.fromBase64(font.file));
    assertEquals(file.length, font.size);
    const view = new DataView(file.buffer, file.byteOffset);
    assertEquals(String.fromCharCode(...file.subarray(0, 4)), "true", "the tag of a TrueType file");
    const tables = Array.from(
      { length: view.getUint16(4) },
      (_, k) => String.fromCharCode(...file.subarray(12 + 16 * k, 16 + 16 * k)),
    );
    for (const name of ["glyf", "head", "hhea", "hmtx", "loca", "maxp"]) assert(tables.includes(name), name);
    const letters = Array.from(font.letters);
    assertEquals([font.glyphs.length, font.widths.length], [letters.length, letters.length]);
    for (const letter of "09azAZ\u00e9\u00fc\u2212\u2013\u00b1\u2265\u03b4<>[]%\u00d7") {
      assert(font.glyphs[letters.indexOf(letter)] > 0, `no glyph for ${letter}`);
    }
    assert(font.widths[letters.indexOf("i")] < font.widths[letters.indexOf("m")]);
    assert(font.file.length < 32_000, `${font.file.length} characters`);
  }
  assertEquals(
    JSON.stringify(await pageFonts()),
    JSON.stringify(fonts),
    "the fonts must be the same in every page",
  );
});
