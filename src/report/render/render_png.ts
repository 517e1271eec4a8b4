import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";

const FONTS = ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSerif", "DejaVuSansMono"];

function fontFiles(): string[] {
  const resolve = createRequire(import.meta.url).resolve;
  return FONTS.map((name) => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
}

/**
 * Renders an SVG to PNG with the DejaVu fonts of an npm package, so that the result does not depend on the fonts of the
 * machine.
 *
 * @param svg The text of one `<svg>` element.
 * @param options.widthPx Width of the image in pixels. @default the SVG's own width times `scale`
 * @param options.scale Pixels per SVG unit; ignored if `widthPx` is set. @default {2}
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
    throw new SyntaxError(`Cannot draw the figure: the text must be an <svg> element, got ${start}`, {
      cause,
    });
  }
  return Uint8Array.from(drawing.render().asPng());
}

/** Adds the namespace, which an SVG from a page does not have but a file needs. `currentColor` becomes black. */
function withNamespace(svg: string): string {
  const text = svg.replaceAll("currentColor", "black");
  return /<svg[^>]*\sxmlns=/.test(text)
    ? text
    : text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
}
