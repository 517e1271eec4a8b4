import { pdfNumber } from "./pdf_number.ts";

/**
 * Converts an SVG path to PDF operators: commands M, L, H, V, C, Q, A (only half circles) and Z, absolute or relative.
 *
 * @throws {SyntaxError} if the path has another command.
 */
export function pdfPath(d: string): string {
  const out: string[] = [];
  let [x, y, x0, y0] = [0, 0, 0, 0];
  for (const [, letter, text] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const v = (text.match(/-?\d*\.?\d+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    const relative = letter === letter.toLowerCase();
    const size = { M: 2, L: 2, H: 1, V: 1, C: 6, Q: 4, A: 7, Z: 0 }[letter.toUpperCase()];
    if (size === undefined) {
      throw new SyntaxError(`Cannot write the PDF: path command ${letter} is not supported`);
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
        out.push(`${pdfNumber(x)} ${pdfNumber(y)} m`);
      } else if (command === "M" || command === "L" || command === "H" || command === "V") {
        x = command === "V" ? x : a[0] + ox;
        y = command === "V" ? a[0] + oy : command === "H" ? y : a[1] + oy;
        out.push(`${pdfNumber(x)} ${pdfNumber(y)} l`);
      } else if (command === "C") {
        const c = a.map((value, k) => value + (k % 2 ? oy : ox));
        [x, y] = [c[4], c[5]];
        out.push(`${c.map(pdfNumber).join(" ")} c`);
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
            ].map(pdfNumber).join(" ")
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

/** A half circle: an arc whose ends are one diameter apart, as d3 draws discs. */
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
    `${[x + px * k, y + py * k, mx - ux * k, my - uy * k, mx, my].map(pdfNumber).join(" ")} c`,
    `${[mx + ux * k, my + uy * k, ex + px * k, ey + py * k, ex, ey].map(pdfNumber).join(" ")} c`,
  ];
}

/** A circle from four Bezier curves; 0.5523 is the usual ratio of control-point distance to radius. */
export function pdfCircle(cx: number, cy: number, r: number): string {
  const k = 0.5523 * r;
  const p = (...values: number[]) => values.map(pdfNumber).join(" ");
  return [
    `${p(cx + r, cy)} m`,
    `${p(cx + r, cy + k, cx + k, cy + r, cx, cy + r)} c`,
    `${p(cx - k, cy + r, cx - r, cy + k, cx - r, cy)} c`,
    `${p(cx - r, cy - k, cx - k, cy - r, cx, cy - r)} c`,
    `${p(cx + k, cy - r, cx + r, cy - k, cx + r, cy)} c h`,
  ].join(" ");
}
