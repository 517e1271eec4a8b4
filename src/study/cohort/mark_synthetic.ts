import type { StudyCohort } from "./study_cohort.ts";

/** Quality code of heads on films whose file says that they are synthetic. */
const CODE = "synthetic";

/**
 * The cohort with its kind corrected by its films: synthetic if every head is on a synthetic film. If only some are, the
 * kind is unchanged and a note says how many. Without this, films of `caput phantom` in a cohort file would pass as real.
 */
export function markSynthetic(
  cohort: StudyCohort,
  heads: readonly { readonly quality: readonly string[] }[],
): StudyCohort {
  if (cohort.kind === "synthetic") return cohort;
  const synthetic = heads.filter(({ quality }) => quality.includes(CODE)).length;
  if (synthetic === 0) return cohort;
  if (synthetic === heads.length) {
    const note = "All films are synthetic, according to their files, so the cohort is called synthetic.";
    return { ...cohort, kind: "synthetic", notes: [...cohort.notes, note] };
  }
  const note = `${synthetic} of ${heads.length} heads are on synthetic films; the others are taken as real.`;
  return { ...cohort, notes: [...cohort.notes, note] };
}
