import { parseHTML } from "linkedom";
import type { Interactive } from "./notebook/interactive.ts";
import { type GreyPicture, greyPng } from "./render/grey_png.ts";
import { htmlTable } from "./render/html_table.ts";
import { renderPng } from "./render/render_png.ts";

/** A value as a notebook receives it: data by Jupyter media type, and metadata. */
export interface MediaBundle {
  readonly data: Record<string, string>;
  readonly metadata: Record<string, unknown>;
}

/** Options of {@linkcode mediaBundle} and `show`. */
export interface ShowOptions {
  /** Alternative text. Required for every image without an `aria-label`. */
  alt?: string;
  /** Caption below an image or above a table. */
  caption?: string;
  /** Width in CSS pixels. @default the image's own width */
  widthPx?: number;
  /** Largest number of rows of a table. @default {50} */
  limit?: number;
}

/** An element of the browser or of linkedom. */
interface ElementLike {
  readonly outerHTML: string;
  readonly tagName: string;
  getAttribute(name: string): string | null;
  querySelector(selectors: string): ElementLike | null;
  readonly children: ArrayLike<ElementLike>;
}

/**
 * Converts a value so that Jupyter, GitHub and nbconvert can show it: figures and images become PNG with alt text (GIF
 * bytes stay GIF), rows or one plain object become an HTML table, sliders and brushes stay interactive, text stays
 * text. A function is called with a document in which it draws its figure, because a notebook has no document of its
 * own.
 *
 * @throws {TypeError} if an image has no alt text, or the value is of a kind that cannot be shown.
 * @throws {RangeError} if grey images differ in height or a pixel is not finite.
 */
export function mediaBundle(value: unknown, options: ShowOptions = {}): MediaBundle {
  if (typeof value === "function") return mediaBundle(value(drawingDocument()), options);
  if (typeof value === "string") return { data: { "text/plain": value }, metadata: {} };
  if (value instanceof Uint8Array) return pictureBundle(value, options);
  if (isInteractive(value)) {
    const html = value.html({ document: drawingDocument(), png: renderPng });
    return { data: { "text/html": html, "text/plain": value.text }, metadata: {} };
  }
  if (isElement(value)) return elementBundle(value, options);
  const pictures = asPictures(value);
  if (pictures) return pictureBundle(greyPng(pictures), options);
  const rows = asRows(value);
  if (rows) return tableBundle(rows, options);
  throw new TypeError(
    `Cannot show this: the value must be a figure, PNG or GIF bytes, images, rows or text, got ${typeof value}`,
  );
}

function drawingDocument(): Document {
  return parseHTML("<!doctype html><html><body></body></html>").document as unknown as Document;
}

function elementBundle(element: ElementLike, options: ShowOptions): MediaBundle {
  const svg = svgOf(element);
  if (!svg) throw new TypeError(`Cannot show <${element.tagName}>: a figure must contain an <svg>, got none`);
  const alt = options.alt ?? svg.getAttribute("aria-label") ?? element.getAttribute("aria-label") ??
    undefined;
  const widthPx = options.widthPx ?? (Number.parseFloat(svg.getAttribute("width") ?? "") || undefined);
  return pictureBundle(renderPng(svg.outerHTML), { ...options, alt, widthPx });
}

/** Plot wraps a figure that has a legend or title in `<figure>`; the drawing is its last direct `<svg>`. */
function svgOf(element: ElementLike): ElementLike | null {
  if (element.tagName.toLowerCase() === "svg") return element;
  const direct = Array.from(element.children).filter((child) => child.tagName.toLowerCase() === "svg");
  return direct.at(-1) ?? element.querySelector("svg");
}

function pictureBundle(bytes: Uint8Array, { alt, caption, widthPx }: ShowOptions): MediaBundle {
  if (!alt) throw new TypeError("Cannot show an image: it must have alt text, got none");
  const type = bytes[0] === 0x47 ? "image/gif" : "image/png"; // GIF starts with "G", PNG with 0x89
  const plain = caption ? `${alt}\n${caption}` : alt;
  return {
    data: { [type]: bytes.toBase64(), "text/plain": plain },
    metadata: { [type]: { alt, ...(widthPx === undefined ? {} : { width: Math.round(widthPx) }) } },
  };
}

function tableBundle(rows: readonly object[], { caption, limit }: ShowOptions): MediaBundle {
  const plain = `${caption ? `${caption}: ` : ""}a table of ${rows.length} rows`;
  return { data: { "text/html": htmlTable(rows, { caption, limit }), "text/plain": plain }, metadata: {} };
}

function isInteractive(value: unknown): value is Interactive {
  return typeof value === "object" && value !== null && (value as Interactive).kind === "interactive";
}

function isElement(value: unknown): value is ElementLike {
  return typeof value === "object" && value !== null && "outerHTML" in value && "tagName" in value;
}

/** Grey images and head crops, one or many. */
function asPictures(value: unknown): GreyPicture[] | null {
  const list = Array.isArray(value) ? value : [value];
  const pictures = list.map((item) => {
    if (item?.kind === "grey-image") return item as GreyPicture;
    if (item?.kind !== "head-crop") return null;
    return { widthPx: item.sizePx, heightPx: item.sizePx, pixels: item.pixels };
  });
  return list.length > 0 && pictures.every((picture) => picture !== null) ? pictures : null;
}

/** A list of objects as a table; one plain object as a table of names and values. */
function asRows(value: unknown): object[] | null {
  if (typeof value !== "object" || value === null) return null;
  if (!Array.isArray(value)) {
    return Object.entries(value).map(([name, content]) => ({ name, value: content }));
  }
  return value.every((row) => typeof row === "object" && row !== null && !Array.isArray(row)) ? value : null;
}
