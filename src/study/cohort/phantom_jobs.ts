import type { PhantomCohort } from "../../phantom/patient/paper_cohort.ts";
import type { Side } from "../../types.ts";
import type { FilmJob } from "./film_job.ts";

const SIDES: readonly Side[] = ["right", "left"];

/** One job per film of a synthetic cohort. Ids are plain names, because there is no patient to protect. */
export function phantomJobs({ name, seed, patients }: PhantomCohort): FilmJob[] {
  return patients.map((plan, index) => {
    const { grades, age, sex, site } = plan.options;
    const heads = SIDES.map((side, i) => ({
      headId: `${plan.name}-${side}`,
      patient: plan.name,
      row: 2 * index + i + 1,
      side,
      grade: grades[i],
      split: plan.split,
      ...{ age, sex, site },
    }));
    return { film: plan.name, source: { kind: "phantom", cohort: name, seed, index }, heads };
  });
}
