import { type CohortProblem, describe } from "../../cohort/cohort_error.ts";
import type { Cohort } from "../../cohort/read_cohort.ts";
import { samePixels } from "../../cohort/same_pixels.ts";
import { sideConflicts } from "../../cohort/side_conflicts.ts";
import type { Radiograph } from "../../types.ts";

/** What is compared of a film with its rows. */
export type FilmIdentity = Pick<Radiograph, "storedSha256" | "headerSide">;

/** A cohort file under a preflight: its own problems and those between it and its films, by row. */
export interface CohortVerdict {
  /** The verdict. */
  readonly verdict: "pass" | "warn" | "refuse";
  /** Reasons with code and message. */
  readonly reasons: readonly {
    readonly code: string;
    readonly message: string;
    /** Rows as a spreadsheet counts: the header is row 1. */
    readonly rows: readonly number[];
  }[];
}

/**
 * Whether a cohort file and its films belong together: everything wrong in the file, sides that a film's header denies, and films
 * that hold the same picture, each with its rows. Errors of the file refuse it, for `caput run` would; the rest is to be looked at.
 *
 * @param films by path, as the rows name them; films that could not be read are missing.
 */
export function cohortConflicts(cohort: Cohort, films: ReadonlyMap<string, FilmIdentity>): CohortVerdict {
  const hashes = new Map([...films].map(([path, { storedSha256 }]) => [path, storedSha256]));
  const sides = new Map([...films].map(([path, { headerSide }]) => [path, headerSide]));
  const problems: CohortProblem[] = [
    ...cohort.problems,
    ...sideConflicts(cohort.rows, sides),
    ...samePixels(cohort.rows, hashes).problems,
  ].sort((a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0));
  const refused = problems.some(({ severity }) => severity === "error");
  return {
    verdict: refused ? "refuse" : problems.length > 0 ? "warn" : "pass",
    reasons: problems.map((problem) => ({
      code: problem.code,
      message: describe(problem),
      rows: problem.rows,
    })),
  };
}
