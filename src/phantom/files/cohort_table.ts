import type { FilmFormat } from "./film_files.ts";
import { filmPath } from "./film_files.ts";
import type { PhantomCohort } from "../patient/paper_cohort.ts";

/**
 * The cohort as a table, one row per head: `radiograph,patient,side,grade,age,sex,site,split`. Replaced hips have no
 * head, which is known only once a film is rendered; `writePhantom` writes only rows of heads that exist, with their
 * masks.
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
