import { guessSeparator } from "../files/guess_separator.ts";
import { CohortError } from "./cohort_error.ts";

/** One record of a delimited text. */
export interface Record {
  /** Row number as in a spreadsheet: the first record is row 1, and blank lines count. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** Records of a delimited text. */
export interface CellTable {
  readonly records: readonly Record[];
  readonly separator: string;
}

/**
 * Splits delimited text (RFC 4180). Quoted cells may contain separators, quotes and line ends; lines end in LF, CRLF or
 * CR. The separator is the most frequent of comma, semicolon and tab in the first line, outside quotes. A line such as
 * `sep=;` at the start of the text, as spreadsheets write it, names the separator instead. Blank lines are skipped.
 *
 * Other tables are read with csv-parse (see `readTable`), but lists from hospitals are less regular. Even with its most
 * lenient options, csv-parse 7 has three problems with them. It expects the line end of the first line everywhere, so a
 * file with a CRLF header and LF rows becomes a single row. It rejects text after a closing quote. And it counts lines
 * instead of rows if a quoted cell contains a line end, so errors would name the wrong row. The parser is also several
 * times slower. A test compares the two parsers.
 *
 * @throws {CohortError} `open-quote` if a quote is never closed.
 */
export function splitCells(text: string): CellTable {
  const declared = /^sep=(.)\r?\n/i.exec(text);
  const body = declared ? text.slice(declared[0].length) : text, first = declared ? 2 : 1;
  const separator = declared ? declared[1] : guessSeparator(body);
  const records: Record[] = [];
  let row = first;
  for (let at = 0; at < body.length; row++) {
    const cells: string[] = [];
    for (let more = true; more;) {
      const cell = readCell(body, { at, separator, row });
      cells.push(cell.text);
      at = cell.end;
      more = body[at] === separator;
      if (more) at++;
    }
    if (body[at] === "\r" && body[at + 1] === "\n") at++;
    at++;
    if (cells.some((cell) => cell.trim() !== "")) records.push({ row, cells });
  }
  return { records, separator };
}

/** Reads one cell starting at `at`. `end` is the position of the separator or line end after it. */
function readCell(
  body: string,
  { at, separator, row }: { at: number; separator: string; row: number },
): { text: string; end: number } {
  let start = at;
  while (body[start] === " ") start++;
  if (body[start] !== '"') {
    let end = at;
    while (end < body.length && body[end] !== separator && body[end] !== "\n" && body[end] !== "\r") end++;
    return { text: body.slice(at, end).trim(), end };
  }
  let text = "", from = start + 1;
  for (;;) {
    const quote = body.indexOf('"', from);
    if (quote < 0) {
      throw new CohortError([{
        code: "open-quote",
        severity: "error",
        rows: [row],
        message: "a quote is opened and never closed",
        fix: 'write "" for a quote inside a quoted cell',
      }]);
    }
    text += body.slice(from, quote);
    from = quote + 1;
    if (body[from] !== '"') break;
    text += '"';
    from++;
  }
  let end = from;
  while (end < body.length && body[end] !== separator && body[end] !== "\n" && body[end] !== "\r") end++;
  return { text: (text + body.slice(from, end)).trim(), end };
}
