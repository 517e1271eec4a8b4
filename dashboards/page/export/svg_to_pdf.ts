import { type PdfFont, pdfFonts, type PdfObject } from "./pdf_font.ts";
import { pdfFile } from "./pdf_file.ts";
import { pdfNumber } from "./pdf_number.ts";
import { pdfCircle, pdfPath } from "./pdf_path.ts";
import { pdfPicture } from "./pdf_picture.ts";

/**
 * Converts one figure to a one-page vector PDF with embedded fonts and images. Supports paths, rectangles, circles,
 * lines, text and images, which is all that the figures use. One CSS pixel is 0.75 pt. The figure must not be part of
 * the page: this function attaches it for a moment, hidden, to read its computed styles, and removes it again.
 */
export async function svgToPdf(svg: SVGSVGElement): Promise<Uint8Array<ArrayBuffer>> {
  const width = Number(svg.getAttribute("width"));
  const height = Number(svg.getAttribute("height"));
  const stage = document.createElement("div");
  stage.style.cssText = "position:absolute;left:-10000px;top:0;visibility:hidden";
  stage.append(svg);
  document.body.append(stage);
  const pen: Pen = { svg, states: new Map(), sources: [], fonts: pdfFonts() };
  try {
    const drawing = [`0.75 0 0 -0.75 0 ${pdfNumber(height * 0.75)} cm`];
    for (const element of svg.querySelectorAll<SVGGraphicsElement>("path,rect,circle,line,text,image")) {
      if (!element.closest("defs,clipPath,title")) drawing.push(...drawElement(element, pen));
    }
    return await pdfFile({
      width: width * 0.75,
      height: height * 0.75,
      drawing: drawing.join("\n"),
      states: pen.states,
      fonts: pen.fonts,
      pictures: await Promise.all(pen.sources.map(pdfPicture)) as PdfObject[],
    });
  } finally {
    stage.remove();
  }
}

/** State of the conversion. */
interface Pen {
  svg: SVGSVGElement;
  /** Names of the graphics states by their fill and stroke alpha, separated by a space. */
  states: Map<string, string>;
  /** URLs of the images found so far. */
  sources: string[];
  fonts: [PdfFont, PdfFont];
}

function drawElement(element: SVGGraphicsElement, pen: Pen): string[] {
  const { svg, states } = pen;
  const style = getComputedStyle(element);
  const here = element.getCTM();
  const outer = svg.getCTM();
  if (!here || style.display === "none") return [];
  const m = (outer ? outer.inverse() : new DOMMatrix()).multiply(here);
  const opacity = ancestorsOpacity(element, svg);
  const fill = colourOf(style.fill);
  const stroke = colourOf(style.stroke);
  const alphas = `${pdfNumber(opacity * Number(style.fillOpacity) * (fill?.[3] ?? 1))} ${
    pdfNumber(opacity * Number(style.strokeOpacity) * (stroke?.[3] ?? 1))
  }`;
  if (!states.has(alphas)) states.set(alphas, `G${states.size}`);
  const start = [
    "q",
    `${[m.a, m.b, m.c, m.d, m.e, m.f].map(pdfNumber).join(" ")} cm`,
    `/${states.get(alphas)} gs`,
  ];
  if (element.localName === "text") return [...start, ...drawText(element, style, pen), "Q"];
  if (element.localName === "image") return [...start, drawPicture(element, pen), "Q"];
  const outline = outlineOf(element);
  if (!outline || (!fill && !stroke)) return [];
  const width = parseFloat(style.strokeWidth) || 1;
  const dash = style.strokeDasharray === "none"
    ? ""
    : style.strokeDasharray.replaceAll(",", " ").replaceAll("px", "");
  return [
    ...start,
    fill ? `${fill.slice(0, 3).map(pdfNumber).join(" ")} rg` : "",
    stroke ? `${stroke.slice(0, 3).map(pdfNumber).join(" ")} RG ${pdfNumber(width)} w [${dash}] 0 d` : "",
    outline,
    fill && stroke ? "B" : fill ? "f" : "S",
    "Q",
  ];
}

function ancestorsOpacity(element: Element, svg: Element): number {
  let opacity = 1;
  for (let at: Element | null = element; at && at !== svg.parentElement; at = at.parentElement) {
    opacity *= Number(getComputedStyle(at).opacity);
  }
  return opacity;
}

/** Red, green, blue and alpha, 0 to 1, from `rgb()` or `rgba()`; null for `none` and everything else. */
function colourOf(css: string): number[] | null {
  if (css === "none" || css.startsWith("url")) return null;
  const parts = css.match(/[\d.]+/g)?.map(Number) ?? [];
  return parts.length < 3 ? null : [parts[0] / 255, parts[1] / 255, parts[2] / 255, parts[3] ?? 1];
}

function outlineOf(element: SVGGraphicsElement): string | null {
  const get = (name: string) => Number(element.getAttribute(name) ?? 0);
  if (element.localName === "rect") {
    return `${["x", "y", "width", "height"].map((name) => pdfNumber(get(name))).join(" ")} re`;
  }
  if (element.localName === "line") {
    return `${pdfNumber(get("x1"))} ${pdfNumber(get("y1"))} m ${pdfNumber(get("x2"))} ${
      pdfNumber(get("y2"))
    } l`;
  }
  if (element.localName === "circle") return pdfCircle(get("cx"), get("cy"), get("r"));
  return element.localName === "path" ? pdfPath(element.getAttribute("d") ?? "") : null;
}

/** Images always fill their box (the figures use no aspect-ratio fitting), so the box gives the position and size. */
function drawPicture(element: SVGGraphicsElement, { sources }: Pen): string {
  const get = (name: string) => Number(element.getAttribute(name) ?? 0);
  const source = element.getAttribute("href") ?? element.getAttribute("xlink:href") ?? "";
  const at = sources.includes(source) ? sources.indexOf(source) : sources.push(source) - 1;
  const [x, y, width, height] = ["x", "y", "width", "height"].map(get);
  return `${[width, 0, 0, -height, x, y + height].map(pdfNumber).join(" ")} cm /I${at} Do`;
}

/** All lines of a text in the PDF's typeface, with the same anchors as in the browser. */
function drawText(element: SVGGraphicsElement, style: CSSStyleDeclaration, { fonts }: Pen): string[] {
  const text = element as SVGTextElement;
  const size = parseFloat(style.fontSize);
  const bold = Number(style.fontWeight) >= 600;
  const font = fonts[bold ? 1 : 0];
  const share = { start: 0, middle: 0.5, end: 1 }[style.textAnchor] ?? 0;
  const fill = colourOf(style.fill) ?? [0, 0, 0];
  const out = [`${fill.slice(0, 3).map(pdfNumber).join(" ")} rg`];
  const pieces = text.querySelectorAll("tspan").length ? [...text.querySelectorAll("tspan")] : [text];
  let from = 0;
  for (const piece of pieces) {
    const words = piece.textContent ?? "";
    if (words.trim() === "") {
      from += words.length;
      continue;
    }
    const at = text.getStartPositionOfChar(from);
    const angle = (text.getRotationOfChar(from) * Math.PI) / 180;
    const shift = share * (text.getSubStringLength(from, words.length) - font.widthOf(words) * size);
    from += words.length;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    out.push(
      `BT /${bold ? "FB" : "F"} ${pdfNumber(size)} Tf ` +
        `${[cos, sin, sin, -cos, at.x + shift * cos, at.y + shift * sin].map(pdfNumber).join(" ")} Tm ` +
        `${font.encode(words)} Tj ET`,
    );
  }
  return out;
}
