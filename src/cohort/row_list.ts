/** Row numbers in a message: "row 2", or "rows 2, 3, 5", at most eight of them and then their number. */
export function rowList(rows: readonly number[]): string {
  const shown = rows.slice(0, 8).join(", ") + (rows.length > 8 ? `, ... (${rows.length} rows)` : "");
  return `${rows.length === 1 ? "row" : "rows"} ${shown}`;
}
