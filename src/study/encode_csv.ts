import type { Table } from "./table.ts";
import { rowCount } from "./table.ts";

/**
 * One cell. A text that a spreadsheet would take for a formula (it starts with = + - @, tab or return) gets an apostrophe
 * before it (OWASP, CSV injection); numbers stay as they are.
 */
function cell(value: string | number): string {
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as CSV (RFC 4180, lines end with \n): NaN becomes an empty cell. */
export function encodeCsv(table: Table): string {
  const columns = Object.values(table) as ArrayLike<string | number>[];
  const lines = [Object.keys(table).map(cell).join(",")];
  for (let row = 0; row < rowCount(table); row++) {
    lines.push(columns.map((column) => cell(column[row])).join(","));
  }
  return `${lines.join("\n")}\n`;
}
