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

/**
 * Decodes text in the encoding that its byte order mark states (UTF-8 or UTF-16). Text without a mark is UTF-8 if it is
 * valid UTF-8, otherwise Windows-1252, which older spreadsheets write.
 */
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
    throw new InputError(`column names must be unique, got ${JSON.stringify(twice)} twice in the header`);
  }
  // In a file separated by semicolons, a comma in a number is the decimal mark, unless the number also has a point.
  const withPoint = (cell: string) =>
    delimiter === ";" && !cell.includes(".") ? cell.replace(",", ".") : cell;
  // The file may contain a column named __proto__. Without a prototype, the object stores it like any other column.
  const table: Record<string, Column> = Object.create(null);
  header.forEach((name, j) => {
    const texts = rows.map((row) => row[j]);
    const numeric = texts.some((cell) => cell !== "") &&
      texts.every((cell) => cell === "" || /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(withPoint(cell)));
    table[name] = numeric
      ? Float64Array.from(texts, (cell) => cell === "" ? NaN : Number(withPoint(cell)))
      : texts;
  });
  return table;
}

/**
 * Reads a Parquet or CSV file as columns; the first bytes show which of the two it is. In CSV the separator is a comma,
 * semicolon or tab. A CSV column becomes numbers if each of its cells is a number or empty, and at least one is a
 * number; empty cells become NaN. If the separator is a semicolon, numbers may have a decimal comma (1,5).
 *
 * @throws {Deno.errors.NotFound} if there is no such file.
 * @throws {InputError} if the file cannot be read as Parquet or CSV; the message says why.
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
