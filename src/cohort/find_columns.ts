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

/** What the author's own column names mean. */
export type ColumnMap = ReadonlyMap<string, ColumnName>;

/**
 * Reads a declaration such as `Datei=radiograph,Stadium=grade`: the author's column names and ours.
 *
 * @throws {SyntaxError} for a part without `=`, {RangeError} for a name that no column of a cohort file has.
 */
export function parseColumnMap(text: string): ColumnMap {
  return new Map(
    text.split(",").map((part) => {
      const at = part.lastIndexOf("=");
      if (at < 0) {
        throw new SyntaxError(`Cannot read the column map: parts are YOURS=OURS, got "${part.trim()}"`);
      }
      const ours = part.slice(at + 1).trim().toLowerCase() as ColumnName;
      if (!columnNames.includes(ours)) {
        throw new RangeError(
          `Cannot read the column map: columns are ${columnNames.join(", ")}, got "${ours}"`,
        );
      }
      return [part.slice(0, at).trim().toLowerCase(), ours];
    }),
  );
}

/** Where each column stands; absent ones are missing from the map. */
export type Columns = ReadonlyMap<ColumnName, number>;

/**
 * Finds the columns by name, or by the name that the author declares for them, in any order and case. Unknown columns are passed
 * over.
 *
 * @throws {CohortError} `missing-column` or `duplicate-column`.
 */
export function findColumns(header: readonly string[], map: ColumnMap = new Map()): Columns {
  const columns = new Map<ColumnName, number>(), problems: CohortProblem[] = [];
  const error = (code: string, message: string, fix: string) =>
    problems.push({ code, severity: "error", rows: [1], message, fix });
  header.forEach((cell, i) => {
    const text = cell.trim().toLowerCase();
    const name = map.get(text) ?? text as ColumnName;
    if (!columnNames.includes(name)) return;
    if (columns.has(name)) {
      error("duplicate-column", `the column ${name} stands there twice`, "keep one of them");
    }
    columns.set(name, i);
  });
  for (const [yours, ours] of map) {
    if (header.some((cell) => cell.trim().toLowerCase() === yours)) continue;
    error(
      "missing-column",
      `the header lacks ${quoted(yours)}, declared to be ${ours}; it reads ${quoted(header.join(","))}`,
      "write the name as the first line has it",
    );
  }
  const needed: ColumnName[] = ["patient", "side", "grade"];
  if (!columns.has("crop")) needed.unshift("radiograph");
  const missing = needed.filter((name) => !columns.has(name));
  if (missing.length > 0) {
    error(
      "missing-column",
      `the header lacks ${missing.join(", ")}; it reads ${quoted(header.join(","))}`,
      "name the columns radiograph,patient,side,grade, or say which of yours they are: --columns " +
        missing.map((name) => `YOURS=${name}`).join(","),
    );
  }
  if (problems.length > 0) throw new CohortError(problems);
  return columns;
}
