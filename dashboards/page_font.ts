import { createRequire } from "node:module";
import { zlibSync } from "fflate";
import * as fontkit from "fontkit";

/** A typeface reduced to the characters of the figures, which the page embeds in PDFs. */
export interface PageFont {
  /** PostScript name. */
  readonly name: string;
  /**
   * The characters. For the k-th, `glyphs[k]` is its glyph number and `widths[k]` its width in thousandths of an em.
   */
  readonly letters: string;
  readonly glyphs: readonly number[];
  readonly widths: readonly number[];
  /** Ascent, descent, and the bounding box of all glyphs, in thousandths of an em. */
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [number, number, number, number];
  /** Size of the TrueType file in bytes, and the file, deflated, in base64. */
  readonly size: number;
  readonly file: string;
}

/** Latin with accents, Greek, and the signs of statistics. */
const LETTERS = [
  ...range(0x20, 0x7e),
  ...range(0xa0, 0x17f),
  ...range(0x391, 0x3a9),
  ...range(0x3b1, 0x3c9),
  ..."\u2013\u2014\u2018\u2019\u201c\u201d\u2020\u2021\u2022\u2026\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u207b\u2190\u2191\u2192\u2193\u2212\u221e\u2248\u2260\u2264\u2265",
];

/**
 * DejaVu Sans Condensed, regular and bold: about as narrow as the typefaces of the page (`themes.ts`), so that text that fits on the page also fits
 * in the PDF. About 25 KB of base64 each. (DejaVu is free to embed under the Bitstream Vera licence.)
 */
export async function pageFonts(): Promise<PageFont[]> {
  const resolve = createRequire(import.meta.url).resolve;
  return await Promise.all(["", "-Bold"].map(async (style) => {
    const path = resolve(`dejavu-fonts-ttf/ttf/DejaVuSansCondensed${style}.ttf`);
    return cutDown(fontkit.create(await Deno.readFile(path)) as fontkit.Font);
  }));
}

function cutDown(font: fontkit.Font): PageFont {
  const em = (units: number) => Math.round((1000 * units) / font.unitsPerEm);
  const known = LETTERS.filter((letter) => font.hasGlyphForCodePoint(letter.codePointAt(0)!));
  const subset = font.createSubset();
  const drawn = known.map((letter) => font.glyphForCodePoint(letter.codePointAt(0)!));
  const glyphs = drawn.map((glyph) => subset.includeGlyph(glyph));
  const bytes = subset.encode();
  const { minX, minY, maxX, maxY } = font.bbox;
  return {
    name: font.postscriptName,
    letters: known.join(""),
    glyphs,
    widths: drawn.map((glyph) => em(glyph.advanceWidth)),
    ascent: em(font.ascent),
    descent: em(font.descent),
    box: [em(minX), em(minY), em(maxX), em(maxY)],
    size: bytes.length,
    file: zlibSync(bytes, { level: 9 }).toBase64(),
  };
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, k) => String.fromCodePoint(from + k));
}
