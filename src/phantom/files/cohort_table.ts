import type { FilmFormat } from "./film_files.ts";
import { filmPath } from "./film_files.ts";
import type { PhantomCohort } from "../patient/paper_cohort.ts";

/**
 * The cohort as CSV, two rows per patient: `radiograph,patient,side,grade,age,sex,site,split`. It also has rows for
 * hips that are replaced or outside the film; `writePhantom` writes a table without these rows, but with the paths of
 * the masks.
 */
export function cohortTable(cohort: PhantomCohort, { format = "png" as FilmFormat["format"] } = {}): string {
  const lines = ["radiograph,patient,side,grade,age,sex,site,split"];
  for (const plan of cohort.patients) {
    const { id, age, sex, site, grades } = plan.options;
    (["right", "left"] as const).forEach((side, i) => {
      lines.push([filmPath(plan, format), id, side, grades[i], age, sex, site, plan.split].join(","));
    });
  }
  return lines.join("\n") + "\n";
}
