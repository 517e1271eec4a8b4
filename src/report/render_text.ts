import { escapeHtml } from "./html_table.ts";
import type { Cited, Paragraph, Section } from "./prose.ts";

/** A text for readers: its title and sections. */
export interface ReportText {
  readonly title: string;
  readonly sections: readonly Section[];
}

/**
 * Markdown in which every number links to its file, with its place as the link's title.
 *
 * @param options.base Way from the text to the study folder, empty or with a slash at its end. @default {"../"}
 */
export function toMarkdown(
  { title, sections }: ReportText,
  { base = "../" }: { base?: string } = {},
): string {
  const words = (piece: string | Cited) =>
    typeof piece === "string"
      ? piece
      : `[${piece.text.replace(/([[\]])/g, "\\$1")}](${base}${piece.file} "${piece.pointer}")`;
  const body = sections.map(({ heading, paragraphs }) =>
    [`## ${heading}`, ...paragraphs.map((paragraph) => paragraph.map(words).join(""))].join("\n\n")
  );
  return [`# ${title}`, ...body].join("\n\n") + "\n";
}

/** One HTML page: every number links to a row of the list at its end, which gives file, place and exact value. */
export function toHtml(texts: readonly ReportText[], { title }: { title: string }): string {
  const cited = new Map<string, Cited>();
  const words = (piece: string | Cited) => {
    if (typeof piece === "string") return escapeHtml(piece);
    cited.set(anchorOf(piece), piece);
    return `<a href="#${anchorOf(piece)}">${escapeHtml(piece.text)}</a>`;
  };
  const paragraph = (pieces: Paragraph) => `<p>${pieces.map(words).join("")}</p>`;
  const bodies = texts.map((text) =>
    `<h1>${escapeHtml(text.title)}</h1>` +
    text.sections.map(({ heading, paragraphs }) =>
      `<h2>${escapeHtml(heading)}</h2>${paragraphs.map(paragraph).join("\n")}`
    ).join("\n")
  );
  const rows = [...cited].map(([anchor, { file, pointer, value }]) =>
    `<tr id="${anchor}"><td>${escapeHtml(file)}</td><td>${escapeHtml(pointer)}</td><td>${
      escapeHtml(String(value))
    }</td></tr>`
  );
  const table =
    `<h1>Where each number stands</h1><table><thead><tr><th scope="col">file</th><th scope="col">place</th>` +
    `<th scope="col">exact value</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${
    escapeHtml(title)
  }</title><style>${STYLE}</style>` +
    `<main>${bodies.join("\n")}${table}</main></html>\n`;
}

const STYLE =
  "body{font:17px/1.55 Georgia,serif;color:#1b1b1b;background:#fff}main{max-width:44rem;margin:3rem auto;" +
  "padding:0 1rem}h1{font-size:1.6rem;margin-top:3rem}h2{font-size:1.15rem}a{color:inherit;text-decoration-color:#999}" +
  "table{border-collapse:collapse;font:13px/1.4 sans-serif}td,th{border-bottom:1px solid #ddd;padding:.2rem .8rem .2rem 0;" +
  "text-align:left;overflow-wrap:anywhere}tr:target{background:#fff3c4}";

function anchorOf({ file, pointer }: Cited): string {
  return `${file}${pointer}`.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "");
}
