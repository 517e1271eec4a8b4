/**
 * Writes a value as a CSV cell that a spreadsheet will not execute: text that starts with `= + - @`, a tab or a line
 * end is prefixed with an apostrophe (OWASP, CSV Injection), which {@linkcode plainCell} removes. A cell with
 * separators, quotes, line ends or outer spaces is quoted (RFC 4180). Numbers are not changed.
 */
export function safeCell(value: string | number): string {
  const text = typeof value === "number" ? String(value) : /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",;\r\n\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Removes the apostrophe added by {@linkcode safeCell}. */
export function plainCell(cell: string): string {
  return /^'[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell;
}
