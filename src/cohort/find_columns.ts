import type { CohortProblem } from "./cohort_error.ts";
import { quoted } from "./read_cells.ts";
import { InputError } from "../input_error.ts";

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
export type ColumnMap = ReadonlyMap<string, readonly ColumnName[]>;

/**
 * Reads a declaration such as `Datei=radiograph,Stadium=grade`: the author's column names and ours. One column may be declared
 * twice: `Datei=radiograph,Datei=patient` says that every film is another patient.
 *
 * @throws {InputError} for a part without `=`, or for a name that no column of a cohort file has.
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

/** Where each column stands; absent ones are missing from the map. */
export type Columns = ReadonlyMap<ColumnName, number>;

/**
 * Finds the columns by name, or by the name that the author declares for them, in any order and case; what is wrong with the header
 * is reported as `missing-column` and `duplicate-column`. Unknown columns are ignored.
 */
export function findColumns(
  header: readonly string[],
  map: ColumnMap = new Map(),
): { columns: Columns; problems: CohortProblem[] } {
  const columns = new Map<ColumnName, number>(), problems: CohortProblem[] = [];
  const error = (code: string, message: string, fix: string) =>
    problems.push({ code, severity: "error", rows: [1], message, fix });
  const reads = quoted(header.join(","), 200);
  header.forEach((cell, i) => {
    const text = cell.trim().toLowerCase();
    for (const name of map.get(text) ?? [text as ColumnName]) {
      if (!columnNames.includes(name)) continue;
      if (columns.has(name)) {
        error("duplicate-column", `the column ${name} is there twice`, "keep one of them");
      }
      columns.set(name, i);
    }
  });
  for (const [yours, ours] of map) {
    if (header.some((cell) => cell.trim().toLowerCase() === yours)) continue;
    error(
      "missing-column",
      `the header lacks ${quoted(yours)}, declared to be ${ours.join(" and ")}; it reads ${reads}`,
      "write the name as the first line has it",
    );
  }
  const needed: ColumnName[] = ["patient", "side", "grade"];
  if (!columns.has("crop")) needed.unshift("radiograph");
  const declared = new Set([...map.values()].flat());
  const missing = needed.filter((name) => !columns.has(name) && !declared.has(name));
  if (missing.length > 0) {
    const film = columns.get("radiograph");
    const alone = missing.includes("patient") && film !== undefined
      ? `; if no patient has two films, say so: --columns ${header[film].trim()}=radiograph,${
        header[film].trim()
      }=patient`
      : "";
    error(
      "missing-column",
      `the header lacks ${missing.join(", ")}; it reads ${reads}`,
      "name the columns radiograph,patient,side,grade, or say which of yours they are: --columns " +
        missing.map((name) => `YOURS=${name}`).join(",") + alone,
    );
  }
  return { columns, problems };
}
