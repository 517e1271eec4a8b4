import { InputError } from "../input_error.ts";

/** One column: texts, 32-bit integers, or floating-point numbers. */
export type Column = readonly string[] | Int32Array | Float64Array;

/** Columns of equal length by name, in order. A missing number is NaN, a missing text is "". */
export type Table = Readonly<Record<string, Column>>;

/** Number of rows of a table, 0 if it has no columns. */
export function rowCount(table: Table): number {
  return Object.values(table)[0]?.length ?? 0;
}

/**
 * A column of numbers as Float64Array. An empty text becomes NaN.
 *
 * @throws {InputError} if the table has no such column, or a cell is neither empty nor a number; the message names the
 * cell's row, counted from 1 without the header.
 */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = Object.hasOwn(table, name) ? table[name] : undefined;
  if (column === undefined) {
    throw new InputError(
      `The table has no column ${JSON.stringify(name)}; it has ${Object.keys(table).join(", ")}`,
    );
  }
  if (column instanceof Float64Array) return column;
  return Float64Array.from(column as ArrayLike<string | number>, (value, row) => {
    const number = typeof value === "string" ? (value.trim() === "" ? NaN : Number(value)) : value;
    if (typeof value === "string" && value.trim() !== "" && Number.isNaN(number)) {
      throw new InputError(
        `Column ${JSON.stringify(name)} must contain numbers, got ${JSON.stringify(value)} in row ${row + 1}`,
      );
    }
    return number;
  });
}

/**
 * A column as texts. Numbers are written in their shortest form that reads back to the same value, NaN as "".
 *
 * @throws {InputError} if there is no such column.
 */
export function textsOf(table: Table, name: string): readonly string[] {
  if (!Object.hasOwn(table, name)) {
    throw new InputError(
      `The table has no column ${JSON.stringify(name)}; it has ${Object.keys(table).join(", ")}`,
    );
  }
  return Array.from(table[name] as ArrayLike<string | number>, (v) => Number.isNaN(v) ? "" : String(v));
}
