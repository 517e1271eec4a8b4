import { escapeHtml } from "../render/html_table.ts";
import type { DrawingTools } from "./interactive.ts";

/** Content of one position of a slider. */
export type SliderContent =
  | Uint8Array
  | string
  | Readonly<Record<string, string | number>>
  | ((document: Document) => { readonly outerHTML: string; getAttribute(name: string): string | null });

/** Colour of the bars: its contrast is 3.8 on white and 5.0 on the background of JupyterLab's dark theme. */
const BAR = "#4a86c5";

/**
 * HTML of one position: an image, a text, or a table of named values with bars for the numbers. Bars range from 0 to
 * `most`, the largest number of all positions, so that they can be compared between positions.
 */
export function sliderPanel(
  content: SliderContent,
  { alt, widthPx, most, tools }: { alt: string; widthPx?: number; most: number; tools: DrawingTools },
): string {
  if (typeof content === "string") return `<p>${escapeHtml(content)}</p>`;
  if (content instanceof Uint8Array) return image(content, alt, widthPx);
  if (typeof content === "function") {
    const svg = content(tools.document);
    const own = Number.parseFloat(svg.getAttribute("width") ?? "") || undefined;
    return image(tools.png(svg.outerHTML), alt, widthPx ?? own);
  }
  const rows = Object.entries(content).map(([name, value]) => row(name, value, most));
  return `<table style="width:100%;margin:0;table-layout:auto">${rows.join("")}</table>`;
}

function image(bytes: Uint8Array, alt: string, widthPx?: number): string {
  const type = bytes[0] === 0x47 ? "image/gif" : bytes[0] === 0xff ? "image/jpeg" : "image/png";
  const width = widthPx === undefined ? "" : ` width="${Math.round(widthPx)}"`;
  return `<img src="data:${type};base64,${bytes.toBase64()}" alt="${
    escapeHtml(alt)
  }"${width} style="max-width:100%;height:auto">`;
}

function row(name: string, value: string | number, most: number): string {
  const isNumber = typeof value === "number" && Number.isFinite(value);
  const share = isNumber ? 100 * Math.max(0, value) / Math.max(most, 1e-12) : 0;
  const bar = isNumber
    ? `<div style="background:${BAR};height:10px;width:${Math.min(100, share).toFixed(1)}%"></div>`
    : "";
  const text = isNumber ? String(Math.round(1000 * value) / 1000) : typeof value === "number" ? "–" : value;
  return `<tr><th scope="row" style="text-align:left;white-space:nowrap">${escapeHtml(name)}</th>` +
    `<td style="text-align:right">${escapeHtml(text)}</td><td style="width:60%">${bar}</td></tr>`;
}
