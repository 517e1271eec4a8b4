import { IntegrityError } from "../../files/integrity_error.ts";
import { fileStudyCohort } from "../cohort/file_study_cohort.ts";
import { phantomStudyCohort, type StudyCohort } from "../cohort/study_cohort.ts";
import type { ClusterPlan, PlannedCohort } from "./cluster_plan.ts";

/**
 * Reads the cohort of a plan.
 *
 * @param options.seed random seed of a synthetic cohort
 * @param options.out study folder, which must not contain the key
 * @throws {CohortError | InputError} if the cohort cannot be used.
 */
export async function readPlannedCohort(
  cohort: PlannedCohort,
  { seed, out }: { seed: number; out: string },
): Promise<StudyCohort> {
  if ("phantom" in cohort) return phantomStudyCohort(cohort.phantom, seed);
  const { file, key, root, columns, gradeMap, sideMap, name } = cohort;
  return await fileStudyCohort(file, { key, root, columns, gradeMap, sideMap, name, out });
}

/**
 * Reads the cohort of a plan and checks that it has not changed since the plan was made.
 *
 * @throws {IntegrityError} if the cohort file or the renderer of a synthetic cohort has changed.
 * @throws {CohortError | InputError} if the cohort cannot be used.
 */
export async function openPlannedCohort(
  { cohort, seed, films }: ClusterPlan,
  out: string,
): Promise<StudyCohort> {
  const read = await readPlannedCohort(cohort, { seed, out });
  if (read.sha256 !== cohort.sha256 || read.jobs.length !== films) {
    throw new IntegrityError(
      `Cannot follow the plan: the cohort has changed, its sha256 must be ${cohort.sha256}, got ${read.sha256}`,
      "plan again with caput run --engine; finished films are reused",
    );
  }
  return read;
}
