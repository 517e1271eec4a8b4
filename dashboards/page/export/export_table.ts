import { parquetWriteBuffer } from "hyparquet-writer";
import { saveFile } from "./save_file.ts";

/** A table to be saved; every row has one value per column. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** File formats for tables. */
export type TableFormat = "csv" | "json" | "parquet";

/** Saves a table. */
export function downloadTable(table: Table, { name, format }: { name: string; format: TableFormat }): void {
  const [bytes, type] = format === "csv"
    ? [csvText(table), "text/csv"]
    : format === "json"
    ? [jsonText(table), "application/json"]
    : [parquetBytes(table), "application/vnd.apache.parquet"];
  saveFile(new Blob([bytes], { type }), `caput-${name}.${format}`);
}

/**
 * CSV after RFC 4180; missing numbers are empty. Text that a spreadsheet would run as a formula is prefixed with an
 * apostrophe.
 */
export function csvText({ columns, rows }: Table): string {
  const cell = (value: string | number) => {
    const text = typeof value === "number" ? (Number.isNaN(value) ? "" : String(value)) : guard(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function guard(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** JSON: an array of objects; missing numbers are null. */
export function jsonText({ columns, rows }: Table): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map((name, k) => [name, row[k]]))),
    null,
    1,
  );
}

/** Parquet without nulls, as in the study's own tables. Texts are UTF-8; all numbers are doubles, integers too. */
export function parquetBytes({ columns, rows }: Table): ArrayBuffer {
  return parquetWriteBuffer({
    columnData: columns.map((name, k) => {
      const data = rows.map((row) => row[k]);
      const text = data.some((value) => typeof value === "string");
      return text
        ? { name, data: data.map(String), type: "STRING" as const, nullable: false }
        : { name, data: data as number[], type: "DOUBLE" as const, nullable: false };
    }),
  });
}
