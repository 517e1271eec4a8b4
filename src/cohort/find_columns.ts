import { CohortError, type CohortProblem } from "./cohort_error.ts";
import { quoted } from "./read_cells.ts";

/** Columns a cohort file may have. */
export const columnNames = [
  "radiograph",
  "patient",
  "side",
  "grade",
  "crop",
  "mask",
  "age",
  "sex",
  "site",
  "date",
  "split",
] as const;

/** One of {@linkcode columnNames}. */
export type ColumnName = typeof columnNames[number];

/** Where each column stands; absent ones are missing from the map. */
export type Columns = ReadonlyMap<ColumnName, number>;

/**
 * Finds the columns by name, in any order and case. Unknown columns are passed over.
 *
 * @throws {CohortError} `missing-column` or `duplicate-column`.
 */
export function findColumns(header: readonly string[]): Columns {
  const columns = new Map<ColumnName, number>(), problems: CohortProblem[] = [];
  const error = (code: string, message: string, fix: string) =>
    problems.push({ code, severity: "error", rows: [1], message, fix });
  header.forEach((cell, i) => {
    const name = cell.trim().toLowerCase() as ColumnName;
    if (!columnNames.includes(name)) return;
    if (columns.has(name)) {
      error("duplicate-column", `the column ${name} stands there twice`, "keep one of them");
    }
    columns.set(name, i);
  });
  const needed: ColumnName[] = ["patient", "side", "grade"];
  if (!columns.has("crop")) needed.unshift("radiograph");
  const missing = needed.filter((name) => !columns.has(name));
  if (missing.length > 0) {
    error(
      "missing-column",
      `the header lacks ${missing.join(", ")}; it reads ${quoted(header.join(","))}`,
      "the first line names the columns: radiograph,patient,side,grade",
    );
  }
  if (problems.length > 0) throw new CohortError(problems);
  return columns;
}
