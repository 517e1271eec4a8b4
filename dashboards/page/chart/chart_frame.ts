import { el } from "../ui/dom.ts";
import type { Table } from "../export/export_table.ts";
import { htmlTable } from "./html_table.ts";
import { saveMenu } from "./save_menu.ts";

/** Texts and files that belong to a chart. */
export interface ChartFrame {
  /** Short name, used in file names and anchors. */
  readonly id: string;
  readonly title: string;
  /** Text below the title. */
  readonly caption: string | HTMLElement;
  readonly body: HTMLElement;
  /** The figure in its version for publication. */
  readonly figure?: () => SVGSVGElement;
  /** The numbers shown in the figure. */
  readonly table?: () => Table;
  /** Text that summarises the chart; shown below it and updated by the caller. */
  readonly summary?: HTMLElement;
}

let number = 0;

/** A figure in journal layout: number, title, caption, chart, download menu, and its numbers as a table. */
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
