import type { CohortProblem } from "./cohort_error.ts";
import { quoted } from "./read_cells.ts";
import { InputError } from "../input_error.ts";

/** The columns of a cohort file, required and optional. */
export const columnNames: readonly ColumnName[] = [
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
];

/** Names of the columns of a cohort file. */
export type ColumnName =
  | "radiograph"
  | "patient"
  | "side"
  | "grade"
  | "crop"
  | "mask"
  | "age"
  | "sex"
  | "site"
  | "date"
  | "split";

/** Maps the author's own column names, in lower case, to the cohort columns that they stand for. */
export type ColumnMap = ReadonlyMap<string, readonly ColumnName[]>;

/**
 * Parses a column map such as `Datei=radiograph,Stadium=grade`: the author's column name, then the name of the cohort
 * column. A column may be mapped twice: `Datei=radiograph,Datei=patient` means that every film is a different patient.
 *
 * @throws {InputError} for a part without `=`, or for an unknown cohort column.
 */
export function parseColumnMap(text: string): ColumnMap {
  const map = new Map<string, ColumnName[]>();
  for (const part of text.split(",")) {
    const at = part.lastIndexOf("=");
    if (at < 0) {
      throw new InputError(`Cannot read the column map: parts must be YOURS=OURS, got "${part.trim()}"`);
    }
    const ours = part.slice(at + 1).trim().toLowerCase() as ColumnName;
    if (!columnNames.includes(ours)) {
      throw new InputError(
        `Cannot read the column map: the column must be one of ${columnNames.join(", ")}, got "${ours}"`,
      );
    }
    const yours = part.slice(0, at).trim().toLowerCase();
    map.set(yours, [...map.get(yours) ?? [], ours]);
  }
  return map;
}

/** Index of each column that the file has. */
export type Columns = ReadonlyMap<ColumnName, number>;

/**
 * Finds the columns by their names or by the author's names for them, in any order and case. Problems with the header
 * are reported as `missing-column` and `duplicate-column`. Unknown columns are ignored.
 */
export function findColumns(
  header: readonly string[],
  map: ColumnMap = new Map(),
): { columns: Columns; problems: CohortProblem[] } {
  const columns = new Map<ColumnName, number>(), problems: CohortProblem[] = [];
  const error = (code: string, message: string, fix: string) =>
    problems.push({ code, severity: "error", rows: [1], message, fix });
  const headerText = quoted(header.join(","), 200);
  header.forEach((cell, i) => {
    const text = cell.trim().toLowerCase();
    for (const name of map.get(text) ?? [text as ColumnName]) {
      if (!columnNames.includes(name)) continue;
      if (columns.has(name)) {
        error("duplicate-column", `the column ${name} appears twice`, "keep one of them");
      }
      columns.set(name, i);
    }
  });
  for (const [yours, ours] of map) {
    if (header.some((cell) => cell.trim().toLowerCase() === yours)) continue;
    error(
      "missing-column",
      `the header lacks ${quoted(yours)}, which the column map declares to be ${
        ours.join(" and ")
      }; it reads ${headerText}`,
      "write the name as it is in the first line",
    );
  }
  const needed: ColumnName[] = ["patient", "side", "grade"];
  if (!columns.has("crop")) needed.unshift("radiograph");
  const declared = new Set([...map.values()].flat());
  const missing = needed.filter((name) => !columns.has(name) && !declared.has(name));
  if (missing.length > 0) {
    const film = columns.get("radiograph");
    const filmColumn = film === undefined ? "FILES" : header[film].trim();
    const onePatientPerFilm = missing.includes("patient")
      ? `; if there is no patient column and no patient has two films, use the column of the films for both: --columns ${filmColumn}=radiograph,${filmColumn}=patient`
      : "";
    error(
      "missing-column",
      `the header lacks ${missing.join(", ")}; it reads ${headerText}`,
      "name the columns radiograph,patient,side,grade, or say which of yours they are: --columns " +
        missing.map((name) => `YOURS=${name}`).join(",") + onePatientPerFilm,
    );
  }
  return { columns, problems };
}
