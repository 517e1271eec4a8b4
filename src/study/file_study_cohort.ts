import type { StudyCohort } from "./study_cohort.ts";

/** A cohort file as a study takes it. */
export function fileStudyCohort(
  path: string,
  _options: { gradeMap?: string; sideMap?: string },
): Promise<StudyCohort> {
  return Promise.reject(new RangeError(`Cannot read the cohort ${path}: not wired yet`));
}
