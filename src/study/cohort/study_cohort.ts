import type { Failure, FilmJob } from "./film_job.ts";
import { phantomCohort, phantomFingerprint } from "./phantom_film.ts";
import { phantomJobs } from "./phantom_jobs.ts";

/** Who is in a study, before any film is read. */
export interface StudyCohort {
  /** Type tag, the same for every object of this type. */
  readonly kind: "synthetic" | "cohort";
  /** Name. */
  readonly name: string;
  /** The films to measure. */
  readonly jobs: readonly FilmJob[];
  /** Rows that could not be used at all. */
  readonly failures: readonly Failure[];
  /** Hash of the cohort file, or of what names the synthetic cohort. */
  readonly sha256: string;
  /** The renderer's fingerprint; null where films are read from disk. */
  readonly fingerprint: string | null;
  /** What is to be said of the cohort file, rows named, nobody else. */
  readonly notes: readonly string[];
}

/** A synthetic cohort by name. */
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
