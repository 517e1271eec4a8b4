import { parse } from "csv-parse/sync";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { guessSeparator } from "./guess_separator.ts";
import type { Column, Table } from "./table.ts";
import { InputError } from "../input_error.ts";

/** Converts mixed values to a column of numbers if possible, otherwise of texts. A null becomes NaN or "". */
function toColumn(values: readonly unknown[]): Column {
  const numeric = values.every((v) =>
    v === null || v === undefined || typeof v === "number" || typeof v === "bigint"
  );
  if (!numeric) return values.map((value) => value === null || value === undefined ? "" : String(value));
  return Float64Array.from(values, (value) => value === null || value === undefined ? NaN : Number(value));
}

async function readParquet(bytes: Uint8Array): Promise<Table> {
  const file = bytes.slice().buffer;
  const rows = await parquetReadObjects({ file });
  const { schema } = parquetMetadata(file);
  const names = schema.slice(1).filter((each) => !each.num_children).map((each) => each.name);
  return Object.fromEntries(names.map((name) => {
    const kind = schema.find((each) => each.name === name);
    const values = rows.map((row) => row[name]);
    const whole = kind?.type === "INT32" && values.every((value) => typeof value === "number");
    return [name, whole ? Int32Array.from(values as number[]) : toColumn(values)];
  }));
}

/** Decodes UTF-8 or UTF-16 by the byte order mark; text without one is UTF-8 or, if that is not valid, Windows 1252, which older spreadsheets write. */
function decodeText(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "utf-8";
  if (encoding !== "utf-8") return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function readCsv(text: string): Table {
  const delimiter = guessSeparator(text);
  const records: string[][] = parse(text, { delimiter, skip_empty_lines: true, trim: true, bom: true });
  const [header = [], ...rows] = records;
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new InputError(`its header names the column ${JSON.stringify(twice)} twice`);
  }
  // With semicolons between the cells, a comma can be the decimal mark; no number contains both marks.
  const point = (cell: string) => delimiter === ";" && !cell.includes(".") ? cell.replace(",", ".") : cell;
  // A null prototype, because a column may be called __proto__.
  const table: Record<string, Column> = Object.create(null);
  header.forEach((name, j) => {
    const texts = rows.map((row) => row[j]);
    const numeric = texts.some((cell) => cell !== "") &&
      texts.every((cell) => cell === "" || /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(point(cell)));
    table[name] = numeric
      ? Float64Array.from(texts, (cell) => cell === "" ? NaN : Number(point(cell)))
      : texts;
  });
  return table;
}

/**
 * Reads a Parquet or CSV file (told apart by its first bytes) as columns. In CSV the separator is a comma, semicolon or
 * tab; a column whose every cell is empty or a number becomes numbers, an empty one NaN. Between semicolons a number may have a
 * decimal comma (1,5).
 *
 * @throws {InputError} if the file cannot be read as either; the message says why.
 */
export async function readTable(path: string): Promise<Table> {
  const bytes = await Deno.readFile(path).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(`Cannot read the table ${path}: there is no such file`, { cause });
  });
  try {
    const magic = String.fromCharCode(...bytes.subarray(0, 4));
    return magic === "PAR1" ? await readParquet(bytes) : readCsv(decodeText(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`Cannot read the table ${path}: ${reason}`, { cause: error });
  }
}
