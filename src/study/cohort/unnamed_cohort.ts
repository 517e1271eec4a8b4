/** Default name of a cohort. It is made from the hash of the cohort file, because a file name may identify a person. */
export function unnamedCohort(sha256: string): string {
  return `cohort ${sha256.slice(0, 8)}`;
}

/** Whether a name has the form of those that {@linkcode unnamedCohort} makes. */
export function isUnnamedCohort(name: string): boolean {
  return /^cohort [0-9a-f]{8}$/.test(name);
}
