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
    const drawing = [`0.75 0 0 -0.75 0 ${n(height * 0.75)} cm`];
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
  const alphas = `${n(opacity * Number(style.fillOpacity) * (fill?.[3] ?? 1))} ${
    n(opacity * Number(style.strokeOpacity) * (stroke?.[3] ?? 1))
  }`;
  if (!states.has(alphas)) states.set(alphas, `G${states.size}`);
  const start = ["q", `${[m.a, m.b, m.c, m.d, m.e, m.f].map(n).join(" ")} cm`, `/${states.get(alphas)} gs`];
  if (element.localName === "text") return [...start, ...drawText(element, style), "Q"];
  const outline = outlineOf(element);
  if (!outline || (!fill && !stroke)) return [];
  const width = parseFloat(style.strokeWidth) || 1;
  const dash = style.strokeDasharray === "none"
    ? ""
    : style.strokeDasharray.replaceAll(",", " ").replaceAll("px", "");
  return [
    ...start,
    fill ? `${fill.slice(0, 3).map(n).join(" ")} rg` : "",
    stroke ? `${stroke.slice(0, 3).map(n).join(" ")} RG ${n(width)} w [${dash}] 0 d` : "",
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
    return `${n(get("x"))} ${n(get("y"))} ${n(get("width"))} ${n(get("height"))} re`;
  }
  if (element.localName === "line") {
    return `${n(get("x1"))} ${n(get("y1"))} m ${n(get("x2"))} ${n(get("y2"))} l`;
  }
  if (element.localName === "circle") return circle(get("cx"), get("cy"), get("r"));
  return element.localName === "path" ? pathOf(element.getAttribute("d") ?? "") : null;
}

/** Four Bezier curves; 0.5523 is the usual handle. */
function circle(cx: number, cy: number, r: number): string {
  const k = 0.5523 * r;
  const p = (...values: number[]) => values.map(n).join(" ");
  return [
    `${p(cx + r, cy)} m`,
    `${p(cx + r, cy + k, cx + k, cy + r, cx, cy + r)} c`,
    `${p(cx - k, cy + r, cx - r, cy + k, cx - r, cy)} c`,
    `${p(cx - r, cy - k, cx - k, cy - r, cx, cy - r)} c`,
    `${p(cx + k, cy - r, cx + r, cy - k, cx + r, cy)} c h`,
  ].join(" ");
}

/** SVG path commands M, L, H, V, C, Q, A (full circles drawn in halves) and Z, absolute or relative. */
export function pathOf(d: string): string {
  const out: string[] = [];
  let [x, y, x0, y0] = [0, 0, 0, 0];
  for (const [, letter, text] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const v = (text.match(/-?\d*\.?\d+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    const relative = letter === letter.toLowerCase();
    const size = { M: 2, L: 2, H: 1, V: 1, C: 6, Q: 4, A: 7, Z: 0 }[letter.toUpperCase()];
    if (size === undefined) {
      throw new SyntaxError(`Cannot write the PDF: path command ${letter} is not known`);
    }
    if (size === 0) {
      out.push("h");
      [x, y] = [x0, y0];
    }
    for (let i = 0; size && i + size <= v.length; i += size) {
      const [ox, oy] = relative ? [x, y] : [0, 0];
      const a = v.slice(i, i + size);
      const command = letter.toUpperCase();
      if (command === "M" && i === 0) {
        [x, y] = [x0, y0] = [a[0] + ox, a[1] + oy];
        out.push(`${n(x)} ${n(y)} m`);
      } else if (command === "M" || command === "L" || command === "H" || command === "V") {
        x = command === "V" ? x : a[0] + ox;
        y = command === "V" ? a[0] + oy : command === "H" ? y : a[1] + oy;
        out.push(`${n(x)} ${n(y)} l`);
      } else if (command === "C") {
        const c = a.map((value, k) => value + (k % 2 ? oy : ox));
        [x, y] = [c[4], c[5]];
        out.push(`${c.map(n).join(" ")} c`);
      } else if (command === "Q") {
        const [qx, qy, ex, ey] = a.map((value, k) => value + (k % 2 ? oy : ox));
        out.push(
          `${
            [
              x + (2 / 3) * (qx - x),
              y + (2 / 3) * (qy - y),
              ex + (2 / 3) * (qx - ex),
              ey + (2 / 3) * (qy - ey),
              ex,
              ey,
            ].map(n).join(" ")
          } c`,
        );
        [x, y] = [ex, ey];
      } else {
        const [ex, ey] = [a[5] + ox, a[6] + oy];
        out.push(...halfArc(x, y, { ex, ey, r: a[0], sweep: a[4] }));
        [x, y] = [ex, ey];
      }
    }
  }
  return out.join(" ");
}

/** An arc of a circle whose ends lie a diameter apart, as d3 draws discs. */
function halfArc(
  x: number,
  y: number,
  { ex, ey, r, sweep }: { ex: number; ey: number; r: number; sweep: number },
): string[] {
  const k = 0.5523 * r;
  const [ux, uy] = [(ex - x) / (2 * r), (ey - y) / (2 * r)];
  const [px, py] = sweep ? [uy, -ux] : [-uy, ux];
  const [mx, my] = [(x + ex) / 2 + px * r, (y + ey) / 2 + py * r];
  return [
    `${[x + px * k, y + py * k, mx - ux * k, my - uy * k, mx, my].map(n).join(" ")} c`,
    `${[mx + ux * k, my + uy * k, ex + px * k, ey + py * k, ex, ey].map(n).join(" ")} c`,
  ];
}

/** Every line of a text, placed where the browser placed it, squeezed or stretched to the browser's width. */
function drawText(element: SVGGraphicsElement, style: CSSStyleDeclaration): string[] {
  const text = element as SVGTextElement;
  const size = parseFloat(style.fontSize);
  const bold = Number(style.fontWeight) >= 600;
  const fill = colourOf(style.fill) ?? [0, 0, 0];
  const out = [`${fill.slice(0, 3).map(n).join(" ")} rg`];
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
      `BT /${bold ? "FB" : "F"} ${n(size)} Tf ${n((100 * wanted) / (own || 1))} Tz ` +
        `${[cos, sin, sin, -cos, at.x, at.y].map(n).join(" ")} Tm (${winAnsi(words)}) Tj ET`,
    );
  }
  return out;
}

// Advance widths of Helvetica, thousandths of an em, from space to tilde (Adobe core-14 metrics).
const WIDTHS = (
  "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 " +
  "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 " +
  "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
).split(" ").map(Number);

function helveticaWidth(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (WIDTHS[letter.charCodeAt(0) - 32] ?? 556), 0) / 1000;
}

const SPECIAL: Record<string, number> = {
  "\u2013": 0x96,
  "\u2014": 0x97,
  "\u2212": 0x96,
  "\u2026": 0x85,
  "\u00d7": 0xd7,
  "\u00b7": 0xb7,
  "\u00b1": 0xb1,
  "\u00b2": 0xb2,
  "\u2019": 0x92,
};

/** A PDF string in Windows-1252; what it lacks becomes a question mark. */
function winAnsi(text: string): string {
  return Array.from(text, (letter) => {
    const code = SPECIAL[letter] ??
      (letter.charCodeAt(0) < 256 && letter.length === 1 ? letter.charCodeAt(0) : 63);
    return code < 32 || code > 126 || "()\\".includes(letter)
      ? `\\${code.toString(8).padStart(3, "0")}`
      : letter;
  }).join("");
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
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${n(width)} ${
      n(height)
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

/** Up to three decimals, never an exponent. */
function n(value: number): string {
  return String(Math.round(value * 1000) / 1000).includes("e")
    ? "0"
    : String(Math.round(value * 1000) / 1000);
}
