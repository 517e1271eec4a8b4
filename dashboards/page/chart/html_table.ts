import { el } from "../ui/dom.ts";
import { count, fixed } from "../ui/format.ts";
import type { Table } from "../export/export_table.ts";

/** An HTML table with at most `limit` rows; if there are more, the caption says so and refers to the CSV file. */
export function htmlTable(
  { columns, rows }: Table,
  { caption, limit = 200 }: { caption: string; limit?: number },
): HTMLElement {
  const numeric = columns.map((_, k) => rows.length > 0 && rows.every((row) => typeof row[k] === "number"));
  const show = (value: string | number) =>
    typeof value === "string"
      ? value
      : Number.isInteger(value)
      ? count(value)
      : Math.abs(value) < 0.001
      ? value.toExponential(1).replaceAll("-", "\u2212")
      : fixed(value, 4);
  return el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    el(
      "table",
      {},
      el(
        "caption",
        {},
        rows.length > limit
          ? `${caption}: first ${limit} of ${rows.length} rows; the CSV file has all`
          : caption,
      ),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          columns.map((name, k) => el("th", { scope: "col", class: numeric[k] ? "number" : null }, name)),
        ),
      ),
      el(
        "tbody",
        {},
        rows.slice(0, limit).map((row) =>
          el(
            "tr",
            {},
            row.map((value) => el("td", { class: typeof value === "number" ? "number" : null }, show(value))),
          )
        ),
      ),
    ),
  );
}
