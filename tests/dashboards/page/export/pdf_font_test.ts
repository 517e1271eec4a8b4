import { assertEquals, assertStringIncludes } from "@std/assert";
import { pdfFont } from "../../../../dashboards/page/export/pdf_font.ts";

const FONT = pdfFont({
  name: "Test",
  letters: "?ab\u2212",
  glyphs: [3, 17, 258, 4],
  widths: [500, 600, 250, 838],
  ascent: 900,
  descent: -200,
  box: [0, -200, 1000, 900],
  size: 2,
  file: btoa("xy"),
});

Deno.test("a text is as wide as its characters and written as glyph numbers", () => {
  assertEquals(FONT.widthOf("ab\u2212"), 1.688);
  assertEquals(FONT.encode("ab\u2212"), "<001101020004>");
});

Deno.test("a character that the font lacks becomes a question mark; a word joiner is dropped", () => {
  assertEquals(FONT.encode("a\u6f22\u{1d465}"), "<001100030003>");
  assertEquals(FONT.encode("a\u2060b"), "<00110102>");
  assertEquals(FONT.widthOf("\u2060"), 0);
});

Deno.test("the font's PDF objects refer to each other and map glyphs back to characters", () => {
  const [font, descendant, descriptor, map, file] = FONT.objects(7);
  assertStringIncludes(font.dictionary, "/DescendantFonts [8 0 R] /ToUnicode 10 0 R");
  assertStringIncludes(descendant.dictionary, "/FontDescriptor 9 0 R");
  assertStringIncludes(descendant.dictionary, "258 [250]");
  assertStringIncludes(descriptor.dictionary, "/FontFile2 11 0 R");
  assertStringIncludes(new TextDecoder().decode(map.stream), "<0004> <2212>");
  assertEquals(new TextDecoder().decode(file.stream), "xy");
});
