import { el } from "../ui/dom.ts";
import type { Table } from "../export/export_table.ts";
import { htmlTable } from "./html_table.ts";
import { saveMenu } from "./save_menu.ts";

/** What stands round a chart. */
export interface ChartFrame {
  /** Short name for files and anchors. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences below the title. */
  readonly caption: string | HTMLElement;
  readonly body: HTMLElement;
  /** The figure as it goes into a paper. */
  readonly figure?: () => SVGSVGElement;
  /** The figure's numbers. */
  readonly table?: () => Table;
  /** One sentence that says what is to be seen; shown under the chart and refreshed by the caller. */
  readonly summary?: HTMLElement;
}

let number = 0;

/** A figure as journals set it: number, title, caption, the chart, its files, and its numbers as a table. */
export function chartFrame({ id, title, caption, body, figure, table, summary }: ChartFrame): HTMLElement {
  number++;
  const details = el("details", { class: "twin" }, el("summary", {}, "Numbers as a table"));
  if (table) {
    details.addEventListener("toggle", () => {
      details.querySelector(".scroll")?.remove();
      if (details.open) details.append(htmlTable(table(), { caption: title, limit: 200 }));
    });
  }
  return el(
    "figure",
    { class: "chart", id: `figure-${id}` },
    el(
      "figcaption",
      {},
      el("h3", {}, el("span", { class: "number" }, `Figure ${number}`), " ", title),
      typeof caption === "string" ? el("p", {}, caption) : caption,
    ),
    body,
    summary,
    el(
      "div",
      { class: "foot" },
      table ? details : null,
      figure || table ? saveMenu({ id, name: `figure ${number}`, figure, table }) : null,
    ),
  );
}
