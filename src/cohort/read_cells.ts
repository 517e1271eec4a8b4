import type { GivenGrade, Grade, Side, Split } from "../types.ts";
import { type GradeMap, meaningOf, type SideMap } from "./value_map.ts";

/**
 * The value of a cell, or the problem with it. The value is null for a missing age or subset, or if the author's map
 * drops the row.
 */
export type CellValue<T> = { readonly value: T | null; readonly warning?: string } | {
  readonly problem: string;
};

/** A cell's text for use in a message: shortened and without control characters. */
export function quoted(cell: string, longest = 40): string {
  // deno-lint-ignore no-control-regex
  return JSON.stringify(cell.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "?").slice(0, longest));
}

/**
 * Reads a grade from 0 to 4, or -1 if the cell is blank. Any other text ("NA", "7", "1.5", "II") needs an entry in the
 * author's map. "2.0", as data frames write the integer 2, is read as 2 with a warning.
 */
export function readGrade(cell: string, map: GradeMap): CellValue<GivenGrade> {
  const declared = meaningOf(map, cell);
  if (declared !== undefined) return { value: declared };
  if (cell === "") return { value: -1, warning: "no grade is given: the head is scored, but not compared" };
  if (/^[0-4]$/.test(cell)) return { value: Number(cell) as Grade };
  if (/^[0-4]\.0+$/.test(cell)) {
    return { value: Number(cell) as Grade, warning: `grade ${quoted(cell)} is read as ${+cell}` };
  }
  return { problem: `a grade must be 0 to 4, got ${quoted(cell)}` };
}

/** Unambiguous words for a side, in lower case. Single letters other than R and L need the author's map. */
export const sideWords: ReadonlyMap<string, Side> = new Map([
  ["right", "right"],
  ["r", "right"],
  ["left", "left"],
  ["l", "left"],
  ["rechts", "right"],
  ["links", "left"],
  ["droite", "right"],
  ["droit", "right"],
  ["gauche", "left"],
  ["derecha", "right"],
  ["izquierda", "left"],
  ["destra", "right"],
  ["sinistra", "left"],
]);
const sides: ReadonlyMap<string, Side> = new Map([...sideWords, ["unknown", "unknown"], ["", "unknown"]]);

/**
 * Reads a side: `right`, `left`, `R`, `L`, `rechts`, `links` and similar words in any case. Blank is unknown; other
 * words need the author's map.
 */
export function readSide(cell: string, map: SideMap): CellValue<Side> {
  const declared = meaningOf(map, cell);
  if (declared !== undefined) return { value: declared };
  const value = sides.get(cell.toLowerCase());
  return value ? { value } : { problem: `a side must be right, left or blank, got ${quoted(cell)}` };
}

const splits = new Map<string, Split>([
  ["train", "train"],
  ["training", "train"],
  ["val", "validation"],
  ["valid", "validation"],
  ["validation", "validation"],
  ["test", "held-out"],
  ["testing", "held-out"],
  ["held-out", "held-out"],
  ["heldout", "held-out"],
]);

/**
 * Reads a subset: `train` or `training`; `val`, `valid` or `validation`; `test`, `testing`, `held-out` or `heldout`; in
 * any case and with `_` or a space for `-`. Blank means none.
 */
export function readSplit(cell: string): CellValue<Split> {
  if (cell === "") return { value: null };
  const value = splits.get(cell.toLowerCase().replace(/[_\s]+/g, "-"));
  return value
    ? { value }
    : { problem: `a split must be train, validation (val) or held-out (test), got ${quoted(cell)}` };
}

/** Reads an age in years from 0 to 130. Blank, `NA`, `N/A`, `NaN`, `none` and `null`, in any case, mean none. */
export function readAge(cell: string): CellValue<number> {
  if (/^(na|n\/a|nan|none|null)?$/i.test(cell)) return { value: null };
  const age = /^\d{1,3}(\.\d+)?$/.test(cell) ? Number(cell) : NaN;
  return age <= 130
    ? { value: age }
    : { problem: `an age must be a number of years from 0 to 130 or blank, got ${quoted(cell)}` };
}

/**
 * Reads a patient id: any text that is not blank, except a number that a spreadsheet has rounded to scientific notation
 * and a spreadsheet's error value.
 */
export function readPatient(cell: string): CellValue<string> {
  const patient = cell.normalize("NFC");
  if (patient === "") return { problem: "the patient is missing" };
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(patient)) {
    return { problem: "the patient's number was rounded by a spreadsheet to scientific notation" };
  }
  if (/^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/.test(patient)) {
    return { problem: "the patient is a spreadsheet's error value" };
  }
  return { value: patient };
}
