import { safeCell } from "./safe_cell.ts";
import type { Table } from "./table.ts";
import { rowCount } from "./table.ts";

/** One cell. A missing number is empty; text that a spreadsheet would execute as a formula is escaped. */
function cell(value: string | number): string {
  return Number.isNaN(value) ? "" : safeCell(value);
}

/** Encodes a table as CSV (RFC 4180, but lines end with \n). NaN becomes an empty cell. */
export function encodeCsv(table: Table): string {
  const columns = Object.values(table) as ArrayLike<string | number>[];
  const lines = [Object.keys(table).map(cell).join(",")];
  for (let row = 0; row < rowCount(table); row++) {
    lines.push(columns.map((column) => cell(column[row])).join(","));
  }
  return `${lines.join("\n")}\n`;
}
