import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";

const FONTS = ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSerif", "DejaVuSansMono"];

function fontFiles(): string[] {
  const resolve = createRequire(import.meta.url).resolve;
  return FONTS.map((name) => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
}

/**
 * An SVG drawn to PNG with the fonts the project carries, so that every machine draws the same letters.
 *
 * @param svg The text of one `<svg>` element.
 * @param options.widthPx Width of the picture; without it the SVG's own size times `scale`.
 * @param options.scale Pixels an SVG unit. @default {2}
 * @param options.background Any CSS colour. @default {"white"}
 * @throws {SyntaxError} if the text is not an SVG.
 */
export function renderPng(
  svg: string,
  { widthPx, scale = 2, background = "white" }: { widthPx?: number; scale?: number; background?: string } =
    {},
): Uint8Array<ArrayBuffer> {
  let drawing: Resvg;
  try {
    drawing = new Resvg(withNamespace(svg), {
      background,
      fitTo: widthPx === undefined ? { mode: "zoom", value: scale } : { mode: "width", value: widthPx },
      font: {
        fontFiles: fontFiles(),
        loadSystemFonts: false,
        defaultFontFamily: "DejaVu Sans",
        sansSerifFamily: "DejaVu Sans",
        serifFamily: "DejaVu Serif",
        monospaceFamily: "DejaVu Sans Mono",
      },
    });
  } catch (cause) {
    const start = JSON.stringify(svg.slice(0, 40));
    throw new SyntaxError(`Cannot draw the figure: an <svg> element is expected, got ${start}`, { cause });
  }
  return Uint8Array.from(drawing.render().asPng());
}

/** An SVG taken out of a page has no namespace of its own; a file needs it. Colours named after the page become black. */
function withNamespace(svg: string): string {
  const text = svg.replaceAll("currentColor", "black");
  return /<svg[^>]*\sxmlns=/.test(text)
    ? text
    : text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
}
