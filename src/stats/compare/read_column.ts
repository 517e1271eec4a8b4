import type { ComparisonTable } from "./comparison.ts";
import { InputError } from "../../input_error.ts";

/** A column by name. @throws {InputError} if there is no such column, or `n` is given and it has another length. */
export function column(table: ComparisonTable, name: string, n?: number): ArrayLike<unknown> {
  if (!Object.hasOwn(table, name) || typeof table[name]?.length !== "number") {
    const have = Object.keys(table).slice(0, 20).map((v) => `"${v}"`).join(", ");
    throw new InputError(`Cannot compare: there is no column "${name}"; the table has ${have || "none"}`);
  }
  const found = table[name];
  if (n !== undefined && found.length !== n) {
    throw new InputError(
      `Cannot compare: column "${name}" must have ${n} rows like the others, got ${found.length}`,
    );
  }
  return found;
}

/** The number in a cell, or NaN. An empty cell is NaN, not zero. */
export function toNumber(cell: unknown): number {
  if (typeof cell === "number") return cell;
  if (typeof cell === "bigint") return Number(cell);
  return typeof cell === "string" && cell.trim() !== "" ? Number(cell) : NaN;
}
