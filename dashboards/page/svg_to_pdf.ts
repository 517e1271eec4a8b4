import { helveticaWidth, winAnsi } from "./pdf_font.ts";
import { pdfNumber } from "./pdf_number.ts";
import { pdfCircle, pdfPath } from "./pdf_path.ts";

/** One figure as a one-page vector PDF (ISO 32000-1), written by hand: paths, shapes and Helvetica text are all our figures use. */

/** Bytes of the PDF; one CSS pixel is 0.75 pt. The figure must not be in the page; it is put there, unseen, to be read. */
export function svgToPdf(svg: SVGSVGElement): Uint8Array<ArrayBuffer> {
  const width = Number(svg.getAttribute("width"));
  const height = Number(svg.getAttribute("height"));
  const stage = document.createElement("div");
  stage.style.cssText = "position:absolute;left:-10000px;top:0;visibility:hidden";
  stage.append(svg);
  document.body.append(stage);
  try {
    const states = new Map<string, string>();
    const drawing = [`0.75 0 0 -0.75 0 ${pdfNumber(height * 0.75)} cm`];
    for (const element of svg.querySelectorAll<SVGGraphicsElement>("path,rect,circle,line,text,image")) {
      if (element.closest("defs,clipPath,title")) continue;
      drawing.push(...drawElement(element, { svg, states }));
    }
    return assemble({ width: width * 0.75, height: height * 0.75, drawing: drawing.join("\n"), states });
  } finally {
    stage.remove();
  }
}

interface Pen {
  svg: SVGSVGElement;
  /** Graphics states by "fill alpha, stroke alpha". */
  states: Map<string, string>;
}

function drawElement(element: SVGGraphicsElement, { svg, states }: Pen): string[] {
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
  if (element.localName === "text") return [...start, ...drawText(element, style), "Q"];
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

/** Red, green, blue and alpha, 0 to 1; null for none. */
function colourOf(css: string): number[] | null {
  if (css === "none" || css.startsWith("url")) return null;
  const parts = css.match(/[\d.]+/g)?.map(Number) ?? [];
  return parts.length < 3 ? null : [parts[0] / 255, parts[1] / 255, parts[2] / 255, parts[3] ?? 1];
}

function outlineOf(element: SVGGraphicsElement): string | null {
  const get = (name: string) => Number(element.getAttribute(name) ?? 0);
  if (element.localName === "rect") {
    return `${pdfNumber(get("x"))} ${pdfNumber(get("y"))} ${pdfNumber(get("width"))} ${
      pdfNumber(get("height"))
    } re`;
  }
  if (element.localName === "line") {
    return `${pdfNumber(get("x1"))} ${pdfNumber(get("y1"))} m ${pdfNumber(get("x2"))} ${
      pdfNumber(get("y2"))
    } l`;
  }
  if (element.localName === "circle") return pdfCircle(get("cx"), get("cy"), get("r"));
  return element.localName === "path" ? pdfPath(element.getAttribute("d") ?? "") : null;
}

/** Every line of a text, placed where the browser placed it, squeezed or stretched to the browser's width. */
function drawText(element: SVGGraphicsElement, style: CSSStyleDeclaration): string[] {
  const text = element as SVGTextElement;
  const size = parseFloat(style.fontSize);
  const bold = Number(style.fontWeight) >= 600;
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
    const wanted = text.getSubStringLength(from, words.length);
    from += words.length;
    const own = helveticaWidth(words) * size;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    out.push(
      `BT /${bold ? "FB" : "F"} ${pdfNumber(size)} Tf ${pdfNumber((100 * wanted) / (own || 1))} Tz ` +
        `${[cos, sin, sin, -cos, at.x, at.y].map(pdfNumber).join(" ")} Tm (${winAnsi(words)}) Tj ET`,
    );
  }
  return out;
}

function assemble(
  { width, height, drawing, states }: {
    width: number;
    height: number;
    drawing: string;
    states: Map<string, string>;
  },
): Uint8Array<ArrayBuffer> {
  const gs = [...states].map(([alphas, name]) => {
    const [fill, stroke] = alphas.split(" ");
    return `/${name} << /ca ${fill} /CA ${stroke} >>`;
  }).join(" ");
  const font = (name: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pdfNumber(width)} ${
      pdfNumber(height)
    }] /Contents 4 0 R /Resources << /Font << /F 5 0 R /FB 6 0 R >> /ExtGState << ${gs} >> >> >>`,
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    font("Helvetica"),
    font("Helvetica-Bold"),
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n` +
    offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("") +
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
