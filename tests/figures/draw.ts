import { parseHTML } from "linkedom";

/** Draws with linkedom's document and returns the SVG text, every number rounded to three decimals. */
export function draw(figure: (document: Document) => Element): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const warned: string[] = [];
  const warn = console.warn;
  console.warn = (...parts: unknown[]) => warned.push(parts.join(" "));
  try {
    const svg = figure(document as unknown as Document).outerHTML;
    if (warned.length || svg.includes("\u26a0")) throw new Error(`Plot warned: ${warned.join("; ")}`);
    return svg.replace(
      /-?\d+\.\d{4,}(?:e-?\d+)?/g,
      (number) => String(Math.round(Number(number) * 1e3) / 1e3),
    );
  } finally {
    console.warn = warn;
  }
}
