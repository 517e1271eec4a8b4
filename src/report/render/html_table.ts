/** Escapes text for HTML. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => names[character]);
}

/**
 * Text of a cell: fractions with the given significant digits (below 0.001 one fewer), a dash for missing values, "not
 * a number" for NaN.
 */
function cellText(value: unknown, digits: number): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value !== "number") {
    return Array.isArray(value) ? value.map((v) => cellText(v, digits)).join(" to ") : String(value);
  }
  if (Number.isNaN(value)) return "not a number";
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 1e-3 ? value.toExponential(Math.max(0, digits - 2)) : value.toPrecision(digits);
}

/**
 * Rows as an HTML table: headings from the keys, numbers right-aligned, every text escaped.
 *
 * @param rows Plain objects; the columns are the keys of all rows in order of appearance.
 * @param options.caption Caption above the table.
 * @param options.limit Largest number of rows; a last line states how many more there are. @default {50}
 * @param options.digits Significant digits of fractions. @default {4}
 * @throws {TypeError} if a row is not a plain object.
 */
export function htmlTable(
  rows: readonly object[],
  { caption = "", limit = 50, digits = 4 }: { caption?: string; limit?: number; digits?: number } = {},
): string {
  if (rows.some((row) => row === null || typeof row !== "object" || Array.isArray(row))) {
    throw new TypeError("Cannot make a table: every row must be a plain object");
  }
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("");
  const body = rows.slice(0, limit).map((row) => {
    const values = columns.map((column) => (row as Record<string, unknown>)[column]);
    const cells = values.map((value) => {
      const align = typeof value === "number" ? "right" : "left";
      return `<td style="text-align:${align}">${escapeHtml(cellText(value, digits))}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const rest = rows.length > limit
    ? `<tr><td colspan="${columns.length}">and ${rows.length - limit} more rows</td></tr>`
    : "";
  const title = caption === ""
    ? ""
    : `<caption style="text-align:left;white-space:nowrap">${escapeHtml(caption)}</caption>`;
  return `<table>${title}<thead><tr>${head}</tr></thead><tbody>${body.join("")}${rest}</tbody></table>`;
}
