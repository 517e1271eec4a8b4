import type { Failure, FilmJob } from "./film_job.ts";
import { phantomCohort, phantomFingerprint } from "./phantom_film.ts";
import { phantomJobs } from "./phantom_jobs.ts";

/** The cohort of a study, before any film is read. */
export interface StudyCohort {
  /** Origin: synthetic films or films on disk. */
  readonly kind: "synthetic" | "cohort";
  /** Name of the cohort in all outputs. */
  readonly name: string;
  /** The films to measure. */
  readonly jobs: readonly FilmJob[];
  /** Rows of the cohort file that cannot be used. */
  readonly failures: readonly Failure[];
  /** sha256 of the cohort file; for a synthetic cohort, its fingerprint. */
  readonly sha256: string;
  /**
   * Fingerprint of a synthetic cohort and of the renderer (see `phantomFingerprint`); null if films are read from disk.
   */
  readonly fingerprint: string | null;
  /** Notes on the cohort; they may refer to rows, but never to patients. */
  readonly notes: readonly string[];
}

/**
 * Makes a synthetic cohort: `paper`, `hard` or `small`.
 *
 * @throws {InputError} if the name is unknown.
 */
export function phantomStudyCohort(name: string, seed: number): StudyCohort {
  const cohort = phantomCohort(name, seed);
  const fingerprint = phantomFingerprint(cohort);
  return {
    kind: "synthetic",
    name: `${name} phantom, seed ${seed}`,
    jobs: phantomJobs(cohort),
    failures: [],
    sha256: fingerprint,
    fingerprint,
    notes: [],
  };
}
