import type { CohortRow, Side } from "../types.ts";
import type { CohortProblem } from "./cohort_error.ts";

/** A row of the cohort with its row number. */
export interface CohortEntry extends CohortRow {
  /** Row number as in a spreadsheet: the header is row 1. */
  readonly row: number;
}

/** Rows that remain after duplicates are merged, and all problems found. */
export interface ConflictReport {
  readonly entries: readonly CohortEntry[];
  readonly problems: readonly CohortProblem[];
}

/**
 * Merges duplicate rows, and finds contradictions between rows of the same head, film or patient and errors of a split
 * in the file.
 */
export function findConflicts(entries: readonly CohortEntry[]): ConflictReport {
  const problems: CohortProblem[] = [];
  const kept = mergeHeads(entries, problems);
  filmsOfTwoPatients(entries, problems);
  unknownSides(kept, problems);
  alikePatients(entries, problems);
  splitProblems(kept, problems);
  return { entries: kept, problems };
}

function groups<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const map = new Map<string, T[]>();
  for (const item of items) {
    const group = map.get(key(item));
    if (group) group.push(item);
    else map.set(key(item), [item]);
  }
  return [...map.values()];
}

/** The image of a row: its film, or its crop if it has no film. */
function picture({ radiograph, crop }: CohortEntry): string {
  return radiograph || `crop ${crop ?? ""}`;
}

/** Rows for the same head: with equal grades they are duplicates, and one is kept; different grades are an error. */
function mergeHeads(entries: readonly CohortEntry[], problems: CohortProblem[]): CohortEntry[] {
  const kept: CohortEntry[] = [];
  for (const group of groups(entries, (entry) => `${picture(entry)}\n${entry.side}`)) {
    const rows = group.map(({ row }) => row), grades = [...new Set(group.map(({ grade }) => grade))];
    kept.push(group[0]);
    if (grades.length > 1) {
      problems.push({
        code: "conflicting-grades",
        severity: "error",
        rows,
        message: `one head has grades ${grades.join(" and ")}`,
        fix: "keep the row with the right grade",
      });
    } else if (group.length > 1) {
      problems.push({
        code: "duplicate-row",
        severity: "warning",
        rows,
        message: "one head is listed more than once; the first row is used",
        fix: "delete the others",
      });
    }
  }
  return kept.sort((a, b) => a.row - b.row);
}

/** All rows of a film must name the same patient. */
function filmsOfTwoPatients(entries: readonly CohortEntry[], problems: CohortProblem[]): void {
  for (const group of groups(entries, picture)) {
    if (new Set(group.map(({ patient }) => patient)).size < 2) continue;
    problems.push({
      code: "film-of-two-patients",
      severity: "error",
      rows: group.map(({ row }) => row),
      message: "rows of one film name different patients",
      fix: "correct the patient, or the film",
    });
  }
}

/** If a film has several rows, a row without a side is ambiguous. */
function unknownSides(entries: readonly CohortEntry[], problems: CohortProblem[]): void {
  for (const group of groups(entries.filter(({ radiograph }) => radiograph), picture)) {
    const sides = new Set<Side>(group.map(({ side }) => side));
    if (!sides.has("unknown") || sides.size < 2) continue;
    problems.push({
      code: "ambiguous-side",
      severity: "error",
      rows: group.map(({ row }) => row),
      message: "one film has rows with and without a side",
      fix: "write the side in every row of the film",
    });
  }
}

/**
 * Two names that differ only in case, spaces, hyphens, underscores or leading zeros may belong to one patient, who
 * could then be in two subsets of the split.
 */
function alikePatients(entries: readonly CohortEntry[], problems: CohortProblem[]): void {
  const fold = ({ patient }: CohortEntry) =>
    patient.normalize("NFKC").toLowerCase().replace(/[\s_-]+/g, "").replace(/^0+(?=.)/, "");
  for (const group of groups(entries, fold)) {
    const names = new Set(group.map(({ patient }) => patient));
    if (names.size < 2) continue;
    const firsts = [...names].map((name) => group.find(({ patient }) => patient === name)!.row);
    problems.push({
      code: "alike-patients",
      severity: "warning",
      rows: firsts,
      message:
        `${names.size} patients have names that differ only in case, spaces, hyphens, underscores or leading zeros`,
      fix: "if they are one person, write one name",
    });
  }
}

/** A split must be in every row, must have each patient in one subset, and no head of grade 1 to 4 in `train`. */
function splitProblems(entries: readonly CohortEntry[], problems: CohortProblem[]): void {
  const withSplit = entries.filter(({ split }) => split !== undefined);
  if (withSplit.length === 0) return;
  const error = (code: string, rows: number[], message: string, fix: string) =>
    problems.push({ code, severity: "error", rows, message, fix });
  if (withSplit.length < entries.length) {
    const blank = entries.filter(({ split }) => split === undefined).map(({ row }) => row);
    error(
      "incomplete-split",
      blank,
      "the split is blank in these rows, but not in others",
      "fill in every row, or none",
    );
  }
  for (const group of groups(withSplit, ({ patient }) => patient)) {
    const rows = group.map(({ row }) => row);
    if (new Set(group.map(({ split }) => split)).size > 1) {
      error(
        "split-crosses-patient",
        rows,
        "a patient appears in two subsets of the split",
        "put all rows of a patient in the same subset",
      );
    }
  }
  const diseased = withSplit.filter(({ split, grade }) => split === "train" && grade > 0).map(({ row }) =>
    row
  );
  if (diseased.length > 0) {
    error(
      "diseased-in-train",
      diseased,
      "a diseased head is in train, which must contain healthy heads only",
      "put all rows of the patient in held-out",
    );
  }
}
