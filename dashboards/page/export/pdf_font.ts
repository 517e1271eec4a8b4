import type { PageFont } from "../../page_font.ts";
import { pdfNumber } from "./pdf_number.ts";

/** A typeface in a PDF: measures text, encodes it as glyph numbers, and makes the objects that embed the typeface. */
export interface PdfFont {
  /** Width of a text at size 1. */
  widthOf(text: string): number;
  /**
   * The text as a hexadecimal PDF string of two-byte glyph numbers. Characters that the font lacks become question
   * marks.
   */
  encode(text: string): string;
  /**
   * The PDF objects, the first of which is the font (ISO 32000-1, 9.7: a composite font whose codes are glyph numbers,
   * with a map back to Unicode, so that text can be searched and copied). Object numbers start at `first`.
   */
  objects(first: number): PdfObject[];
}

/** A PDF object: a dictionary and, optionally, a stream. */
export interface PdfObject {
  readonly dictionary: string;
  readonly stream?: Uint8Array<ArrayBuffer>;
}

/** The typefaces embedded in the page: regular and bold. */
export function pdfFonts(): [PdfFont, PdfFont] {
  const fonts = JSON.parse(document.getElementById("fonts")!.textContent!) as PageFont[];
  return [pdfFont(fonts[0]), pdfFont(fonts[1])];
}

/** Prepares a typeface for use in a PDF. */
export function pdfFont(font: PageFont): PdfFont {
  const letters = Array.from(font.letters);
  const place = new Map(letters.map((letter, k) => [letter, k]));
  const at = (letter: string) => place.get(letter) ?? place.get("?")!;
  const visible = (text: string) => Array.from(text.replaceAll("\u2060", ""));
  return {
    widthOf: (text) => visible(text).reduce((sum, letter) => sum + font.widths[at(letter)], 0) / 1000,
    encode: (text) => `<${visible(text).map((letter) => hex(font.glyphs[at(letter)])).join("")}>`,
    objects: (first) => {
      const name = `CAPUTA+${font.name}`;
      const widths = letters.map((_, k) => `${font.glyphs[k]} [${font.widths[k]}]`).join(" ");
      const map = new TextEncoder().encode(toUnicode(letters, font.glyphs));
      const file = Uint8Array.from(atob(font.file), (letter) => letter.charCodeAt(0));
      return [
        {
          dictionary: `/Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H ` +
            `/DescendantFonts [${first + 1} 0 R] /ToUnicode ${first + 3} 0 R`,
        },
        {
          dictionary: `/Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDToGIDMap /Identity ` +
            `/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ` +
            `/FontDescriptor ${first + 2} 0 R /DW 600 /W [${widths}]`,
        },
        {
          dictionary: `/Type /FontDescriptor /FontName /${name} /Flags 32 /ItalicAngle 0 /StemV 80 ` +
            `/FontBBox [${
              font.box.map(pdfNumber).join(" ")
            }] /Ascent ${font.ascent} /Descent ${font.descent} ` +
            `/CapHeight 729 /FontFile2 ${first + 4} 0 R`,
        },
        { dictionary: "", stream: map },
        { dictionary: `/Length1 ${font.size} /Filter /FlateDecode`, stream: file },
      ];
    },
  };
}

function hex(value: number): string {
  return value.toString(16).padStart(4, "0");
}

/** ToUnicode map from glyph numbers to characters (ISO 32000-1, 9.10.3), at most 100 entries per block. */
function toUnicode(letters: readonly string[], glyphs: readonly number[]): string {
  const lines = letters.map((letter, k) => `<${hex(glyphs[k])}> <${hex(letter.codePointAt(0)!)}>`);
  const blocks: string[] = [];
  for (let k = 0; k < lines.length; k += 100) {
    const block = lines.slice(k, k + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`);
  }
  return [
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
    "/CMapName /Caput def /CMapType 2 def",
    "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ...blocks,
    "endcmap CMapName currentdict /CMap defineresource pop end end",
  ].join("\n");
}
