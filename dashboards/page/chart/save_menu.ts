import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { downloadChart } from "../export/export_chart.ts";
import { downloadTable, type Table } from "../export/export_table.ts";

/** What a menu saves, and under which name. */
export interface SaveMenuOptions {
  /** Short name, used in file names. */
  readonly id: string;
  /** Description for the user, such as "figure 3". */
  readonly name: string;
  readonly figure?: () => SVGSVGElement;
  readonly table?: () => Table;
  /** Further menu items; each is called with a function that closes the menu. */
  readonly more?: (close: () => void) => readonly HTMLElement[];
}

const FIGURES = [["svg", "SVG, for editing"], ["pdf", "PDF, for print"], ["png", "PNG, 300 dpi"]] as const;
const TABLES = [["csv", "CSV"], ["json", "JSON"], ["parquet", "Parquet"]] as const;

/** Menu for saving a figure or its numbers. Escape or a click outside closes it. */
export function saveMenu({ id, name, figure, table, more }: SaveMenuOptions): HTMLElement {
  const menu = el(
    "details",
    { class: "menu" },
    el("summary", { "aria-label": `Save ${name}` }, "Save"),
    el(
      "div",
      { class: "menu-items" },
      figure
        ? [
          el("p", {}, "Figure"),
          FIGURES.map(([format, words]) =>
            button(words, () => {
              downloadChart(figure(), { name: id, format });
              menu.open = false;
            }, { "data-format": format })
          ),
        ]
        : null,
      table
        ? [
          el("p", {}, "Its numbers"),
          TABLES.map(([format, words]) =>
            button(words, () => {
              downloadTable(table(), { name: id, format });
              menu.open = false;
            }, { "data-format": format })
          ),
        ]
        : null,
      more?.(() => (menu.open = false)),
    ),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")!.focus();
  });
  addEventListener("pointerdown", (event) => {
    if (menu.open && !menu.contains(event.target as Node)) menu.open = false;
  });
  return menu;
}
