import type { CohortProblem } from "./cohort_error.ts";
import type { CohortEntry } from "./find_conflicts.ts";

/** Result of {@linkcode samePixels}. */
export interface SamePixels {
  readonly problems: readonly CohortProblem[];
  /** Pairs of patients that must be in the same subset of the split; see `together` of `splitByPatient`. */
  readonly together: readonly (readonly [string, string])[];
}

/**
 * Finds different film files with identical stored values. If their patients differ, one file is a copy of the other,
 * or the patients are one person, so these patients must be in the same subset of the split.
 *
 * @param hashes sha256 of the stored values by film path; films without a hash are skipped.
 */
export function samePixels(rows: readonly CohortEntry[], hashes: ReadonlyMap<string, string>): SamePixels {
  const byHash = new Map<string, CohortEntry[]>();
  for (const row of rows) {
    const hash = hashes.get(row.radiograph);
    if (hash === undefined) continue;
    byHash.set(hash, [...(byHash.get(hash) ?? []), row]);
  }
  const problems: CohortProblem[] = [], together: [string, string][] = [];
  for (const group of byHash.values()) {
    const patients = [...new Set(group.map(({ patient }) => patient))];
    if (new Set(group.map(({ radiograph }) => radiograph)).size < 2) continue;
    for (const patient of patients.slice(1)) together.push([patients[0], patient]);
    problems.push({
      code: patients.length > 1 ? "same-pixels-two-patients" : "same-pixels",
      severity: "warning",
      rows: group.map(({ row }) => row),
      message: `the same image is listed under ${
        patients.length > 1
          ? `${patients.length} patients; unless the cohort file states a split, they are put in the same subset`
          : "several file names"
      }`,
      fix: "delete the copy, or correct the patient",
    });
  }
  return { problems, together };
}
