import { escapeHtml } from "../render/html_table.ts";
import type { Cited, Paragraph, Section } from "./prose.ts";
import type { HeadGroup } from "./rows_behind.ts";

/** A text with title and sections. */
export interface ReportText {
  readonly title: string;
  readonly sections: readonly Section[];
}

/**
 * Markdown in which every number links to its source file; the link's title is the position in the file.
 *
 * @param options.base Relative path from the text to the study folder, empty or ending with a slash. @default {"../"}
 */
export function toMarkdown(
  { title, sections }: ReportText,
  { base = "../" }: { base?: string } = {},
): string {
  const words = (piece: string | Cited) =>
    typeof piece === "string"
      ? piece
      : `[${piece.text.replace(/([[\]])/g, "\\$1")}](${base}${piece.file} "${piece.pointer}")`;
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const tableOf = (table: NonNullable<Section["table"]>) =>
    [
      row(table.columns),
      row(table.columns.map(() => "---")),
      ...table.rows.map((cells) => row(cells.map((cell) => cell.map(words).join("")))),
    ].join("\n");
  const body = sections.map(({ heading, paragraphs, table }) =>
    [
      `## ${heading}`,
      ...(table ? [tableOf(table)] : []),
      ...paragraphs.map((paragraph) => paragraph.map(words).join("")),
    ].join("\n\n")
  );
  return [`# ${title}`, ...body].join("\n\n") + "\n";
}

/** Options of {@linkcode toHtml}. */
export interface HtmlOptions {
  title: string;
  /** Groups of heads that numbers were computed from. @default {[]} */
  groups?: readonly HeadGroup[];
  /** Figures of a section as HTML, by title of the text and heading. @default {none} */
  figuresOf?: (title: string, heading: string) => readonly string[];
  /** Ids of the groups that a number was computed from. @default {none} */
  rowsOf?: (cited: Cited) => readonly string[];
}

/**
 * One HTML page. Every number links to its row in the table "Sources of the numbers". That row gives file, position and
 * exact value, and links to the lists of heads that the number was computed from, if there are any.
 */
export function toHtml(
  texts: readonly ReportText[],
  { title, groups = [], rowsOf = () => [], figuresOf = () => [] }: HtmlOptions,
): string {
  const cited = new Map<string, Cited>();
  const words = (piece: string | Cited) => {
    if (typeof piece === "string") return escapeHtml(piece);
    cited.set(anchorOf(piece), piece);
    return `<a href="#${anchorOf(piece)}">${escapeHtml(piece.text)}</a>`;
  };
  const paragraph = (pieces: Paragraph) => `<p>${pieces.map(words).join("")}</p>`;
  const tableOf = ({ columns, rows }: NonNullable<Section["table"]>) =>
    `<div class="wide"><table class="pairs"><thead><tr>${
      columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("")
    }</tr></thead><tbody>${
      rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell.map(words).join("")}</td>`).join("")}</tr>`)
        .join("\n")
    }</tbody></table></div>`;
  const bodies = texts.map((text) =>
    `<h1>${escapeHtml(text.title)}</h1>` +
    text.sections.map(({ heading, paragraphs, table, summary }) => {
      const sentences = paragraphs.map(paragraph).join("\n");
      return `<h2>${escapeHtml(heading)}</h2>` + (table ? tableOf(table) : "") +
        figuresOf(text.title, heading).join("\n") +
        (summary ? `<details><summary>${escapeHtml(summary)}</summary>${sentences}</details>` : sentences);
    }).join("\n")
  );
  const linked = (piece: Cited) =>
    rowsOf(piece).flatMap((id) => groups.filter((group) => group.id === id)).map(({ id, name }) =>
      `<a href="#${id}">${escapeHtml(name)}</a>`
    ).join(", ");
  const rows = [...cited].map(([anchor, piece]) =>
    `<tr id="${anchor}"><td>${escapeHtml(piece.file)}</td><td>${escapeHtml(piece.pointer)}</td><td>${
      escapeHtml(String(piece.value))
    }</td><td>${linked(piece)}</td></tr>`
  );
  const table =
    `<h1>Sources of the numbers</h1><details><summary>${cited.size} numbers: file, position and exact value</summary><table><thead><tr><th scope="col">file</th><th scope="col">position</th>` +
    `<th scope="col">exact value</th><th scope="col">computed from</th></tr></thead><tbody>${
      rows.join("\n")
    }</tbody></table></details>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"><title>${
      escapeHtml(title)
    }</title><style>${STYLE}</style>` +
    `<main>${bodies.join("\n")}${table}${groupTables(groups)}</main></html>\n`;
}

/** Largest number of heads of a group that the page lists; the study's tables contain all. */
const LISTED = 2000;

/** The heads of each group as a collapsed list; a browser opens the list when a link to it is followed. */
function groupTables(groups: readonly HeadGroup[]): string {
  if (groups.length === 0) return "";
  const number = (value: number, digits: number) => Number.isFinite(value) ? value.toFixed(digits) : "\u2013";
  const lists = groups.map(({ id, name, heads }) => {
    const rows = heads.slice(0, LISTED).map((head) =>
      `<tr><td>${escapeHtml(head.headId)}</td><td>${escapeHtml(head.patient)}</td><td>${
        number(head.distance, 4)
      }</td><td>${number(head.percentile, 1)}</td><td>${number(head.residual, 4)}</td><td>${
        number(head.dice, 4)
      }</td></tr>`
    );
    const rest = heads.length > LISTED ? `<p>and ${heads.length - LISTED} more in heads.parquet</p>` : "";
    const head = ["head", "patient", "distance", "percentile", "residual", "Dice"].map((column) =>
      `<th scope="col">${column}</th>`
    ).join("");
    return `<details><summary>${escapeHtml(name)}: ${heads.length} heads</summary>` +
      `<table id="${id}"><thead><tr>${head}</tr></thead><tbody>${
        rows.join("\n")
      }</tbody></table>${rest}</details>`;
  });
  return `<h1>Heads by subset and grade</h1>${lists.join("\n")}`;
}

const STYLE =
  "body{font:17px/1.55 Georgia,serif;color:#1b1b1b;background:#fff}main{max-width:44rem;margin:3rem auto;" +
  "padding:0 1rem}h1{font-size:1.6rem;margin-top:3rem}h2{font-size:1.15rem}a{color:inherit;text-decoration-color:#999}" +
  "table{border-collapse:collapse;font:13px/1.4 sans-serif}td,th{border-bottom:1px solid #ddd;padding:.2rem .8rem .2rem 0;" +
  "text-align:left;overflow-wrap:anywhere}figure{margin:1.4rem 0}figure img{max-width:100%;height:auto}figcaption{font:13px/1.45 sans-serif;" +
  "color:#444}.wide{overflow-x:auto}.pairs td{white-space:nowrap}.pairs th{overflow-wrap:normal;vertical-align:bottom}@media(min-width:64rem){.wide{margin:0 -8rem}}@media print{details{display:none}main{max-width:none;margin:0}}td:first-child{white-space:nowrap}tr:target{background:#fff3c4}table:target{outline:2px solid #e3c04b}summary{cursor:pointer;font:15px/1.8 sans-serif}";

function anchorOf({ file, pointer }: Cited): string {
  return `${file}${pointer}`.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "");
}
