/** Something wrong with a cohort file, and in which rows. */
export interface CohortProblem {
  /** Stable name, such as `unknown-grade` or `conflicting-grades`. */
  readonly code: string;
  /** `error`: nothing is run until it is put right. `warning`: said, and gone on with. */
  readonly severity: "error" | "warning";
  /** Rows as a spreadsheet counts them: the header is row 1. Empty where the whole file is meant. */
  readonly rows: readonly number[];
  readonly message: string;
  readonly fix: string;
}

/**
 * A cohort file that cannot be used. The command line answers with exit code 2 and runs nothing.
 * The message lists every error with its rows, so that all can be put right at once.
 */
export class CohortError extends Error {
  override readonly name = "CohortError";
  readonly problems: readonly CohortProblem[];

  constructor(problems: readonly CohortProblem[], { cause }: { cause?: unknown } = {}) {
    const errors = problems.filter(({ severity }) => severity === "error");
    const lines = errors.slice(0, 20).map(describe);
    if (errors.length > 20) lines.push(`and ${errors.length - 20} more`);
    super(`Cannot use the cohort file: ${lines.join("\n")}`, { cause });
    this.problems = problems;
  }

  /** What helps with the first error. */
  get fix(): string {
    return this.problems.find(({ severity }) => severity === "error")?.fix ?? "";
  }
}

/** One problem as a line: rows, message, fix. */
export function describe({ rows, message, fix }: CohortProblem): string {
  const shown = rows.slice(0, 8).join(", ") + (rows.length > 8 ? `, ... (${rows.length} rows)` : "");
  return `${rows.length === 0 ? "" : `row ${shown}: `}${message}${fix ? ` (${fix})` : ""}`;
}
