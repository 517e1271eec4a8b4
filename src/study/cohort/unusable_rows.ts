import type { Failure, UnusableRow } from "./film_job.ts";
import type { StudyCohort } from "./study_cohort.ts";

/** Rows of a cohort that could not be used, with their files, in the order of the rows. */
export function unusableRows({ jobs, failures }: StudyCohort, measured: readonly Failure[]): UnusableRow[] {
  const files = new Map(
    jobs.flatMap(({ film, source, heads }) =>
      heads.map(({ headId, crop }) => [headId, crop ?? (source.kind === "file" ? source.path : film)])
    ),
  );
  return [...failures, ...measured].sort((a, b) => a.row - b.row).map((row) => ({
    ...row,
    file: files.get(row.id) ?? "",
  }));
}
