/**
 * A value as a CSV cell that a spreadsheet will not run: a text starting with `= + - @`, tab or line end gets an
 * apostrophe before it (OWASP, CSV Injection), which {@linkcode plainCell} takes away again. Numbers stay numbers.
 */
export function safeCell(value: string | number): string {
  const text = typeof value === "number" ? String(value) : /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",;\r\n\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Undoes the apostrophe of {@linkcode safeCell}. */
export function plainCell(cell: string): string {
  return /^'[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell;
}
