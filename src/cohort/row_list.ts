/**
 * Row numbers in a message: "row 2", or "rows 2, 3, 5"; of more than eight rows, the first eight and the total number.
 */
export function rowList(rows: readonly number[]): string {
  const listed = rows.slice(0, 8).join(", ") + (rows.length > 8 ? `, ... (${rows.length} rows)` : "");
  return `${rows.length === 1 ? "row" : "rows"} ${listed}`;
}
