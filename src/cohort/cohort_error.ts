import { rowList } from "./row_list.ts";

/** A problem in a cohort file and the rows it concerns. */
export interface CohortProblem {
  /** Stable name, such as `unknown-grade` or `conflicting-grades`. */
  readonly code: string;
  /** `error` stops the run; `warning` is reported and processing continues. */
  readonly severity: "error" | "warning";
  /** Row numbers as in a spreadsheet: the header is row 1. Empty if the problem concerns the whole file. */
  readonly rows: readonly number[];
  /** What is wrong. */
  readonly message: string;
  /** What the caller can do about it, or "". */
  readonly fix: string;
}

/**
 * A cohort file that cannot be used. The command line ends with exit code 2 and runs nothing.
 * The message lists up to 20 kinds of errors, each with the first 8 of its rows; `problems` has all of them.
 */
export class CohortError extends Error {
  /** Name of the class. It is preserved when the error comes from a worker. */
  override readonly name = "CohortError";
  /** Every problem found, including warnings. */
  readonly problems: readonly CohortProblem[];

  /** Creates the error. */
  constructor(problems: readonly CohortProblem[], { cause }: { cause?: unknown } = {}) {
    const errors = problems.filter(({ severity }) => severity === "error");
    const kinds = gatherProblems(errors);
    const lines = kinds.slice(0, 20).map(describe);
    if (kinds.length > 20) lines.push(`and ${kinds.length - 20} more kinds of errors`);
    super(`Cannot use the cohort file: ${lines.join("\n")}`, { cause });
    this.problems = problems;
  }

  /** The first five suggested fixes for the errors, without duplicates. */
  get fix(): string {
    const fixes = this.problems.filter(({ severity, fix }) => severity === "error" && fix !== "").map((
      { fix },
    ) => fix);
    return [...new Set(fixes)].slice(0, 5).join("; ");
  }
}

/**
 * Merges problems that differ only in their rows into one problem with all the rows, in the order of first occurrence.
 */
export function gatherProblems(problems: readonly CohortProblem[]): CohortProblem[] {
  const kinds = new Map<string, CohortProblem>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.code, problem.severity, problem.message, problem.fix]);
    const known = kinds.get(key);
    kinds.set(key, known ? { ...known, rows: [...known.rows, ...problem.rows] } : problem);
  }
  return [...kinds.values()];
}

/** Formats a problem as one line: the first 8 of its rows, the message, and the fix in brackets. */
export function describe({ rows, message, fix }: CohortProblem): string {
  return `${rows.length === 0 ? "" : `${rowList(rows)}: `}${message}${fix ? ` (${fix})` : ""}`;
}
