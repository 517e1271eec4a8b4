import { type CohortProblem, describe, gatherProblems } from "../../cohort/cohort_error.ts";
import type { Cohort } from "../../cohort/read_cohort.ts";
import { samePixels } from "../../cohort/same_pixels.ts";
import { sideConflicts } from "../../cohort/side_conflicts.ts";
import type { Radiograph } from "../../types.ts";

/** Hash of a film's stored pixel values, and side in its header; the cohort file is checked against both. */
export type FilmIdentity = Pick<Radiograph, "storedSha256" | "headerSide">;

/** Result of the preflight of a cohort file: problems of the file and conflicts with its films, by row. */
export interface CohortVerdict {
  /**
   * `refuse`: `caput run` would reject the file. `warn`: `caput run` would accept the file, but the reasons should be
   * checked. `pass`: there are no reasons.
   */
  readonly verdict: "pass" | "warn" | "refuse";
  /** Reasons with code and message. */
  readonly reasons: readonly {
    readonly code: string;
    readonly message: string;
    /** Rows as in a spreadsheet: the header is row 1. */
    readonly rows: readonly number[];
  }[];
}

/**
 * Checks whether a cohort file and its films are consistent: problems in the file, sides that contradict a film's
 * header, and films with identical pixels, each with its rows. Errors in the file lead to `refuse`, because `caput run`
 * would stop; everything else is a warning.
 *
 * @param films by path, as in `radiograph` of the rows; films that could not be read are missing.
 */
export function cohortConflicts(cohort: Cohort, films: ReadonlyMap<string, FilmIdentity>): CohortVerdict {
  const hashes = new Map([...films].map(([path, { storedSha256 }]) => [path, storedSha256]));
  const sides = new Map([...films].map(([path, { headerSide }]) => [path, headerSide]));
  const problems: CohortProblem[] = gatherProblems([
    ...cohort.problems,
    ...sideConflicts(cohort.rows, sides),
    ...samePixels(cohort.rows, hashes).problems,
  ]).sort((a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0));
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
