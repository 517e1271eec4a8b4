/** Name of a cohort file that was given none: a file name may identify a person, so it is made from the file's hash. */
export function unnamedCohort(sha256: string): string {
  return `cohort ${sha256.slice(0, 8)}`;
}

/** Whether a name is one that {@linkcode unnamedCohort} makes. */
export function isUnnamedCohort(name: string): boolean {
  return /^cohort [0-9a-f]{8}$/.test(name);
}
