import { writeAtomic } from "../files/write_atomic.ts";
import type { StudyProgress } from "../workers/study_progress.ts";
import type { OpenPlan } from "./cluster/cluster_plan.ts";
import { gatherShards } from "./cluster/gather_shards.ts";
import { openPlannedCohort } from "./cluster/planned_cohort.ts";
import { requireCode } from "./cluster/run_shard.ts";
import { sweepParts } from "./cluster/sweep_parts.ts";
import { finishStudy, type StudySummary } from "./run_study.ts";

/** Options of {@linkcode mergeShards}. */
export interface MergeShardsOptions {
  /** Aborts the work. */
  signal?: AbortSignal;
  /** Creates a progress bar for a stage. */
  progress?: (label: string, total: number) => StudyProgress;
  /** Called with notes for the user, one line each. */
  note?: (line: string) => void;
  /** Builds `dashboard.html` from the finished folder. @default no page is written */
  buildPage?: (folder: string) => Promise<string>;
}

/**
 * Joins the shards of a plan, in their order, and finishes the study. The files are identical to those of a single
 * process that runs the whole study. Finally writes `merged.json` to the folder of the plan.
 *
 * @throws {IntegrityError} if a shard is missing or changed, or if cohort, models or code are not those of the plan.
 * @throws {LockedError} if another process works on the study folder.
 * @throws {TooFewError} if no usable head was found.
 */
export async function mergeShards(open: OpenPlan, options: MergeShardsOptions = {}): Promise<StudySummary> {
  const { plan, study, folder } = open;
  requireCode(plan);
  const cohort = await openPlannedCohort(plan, study);
  const summary = await finishStudy(cohort, {
    ...options,
    out: study,
    models: plan.models.folder,
    device: plan.device,
    seed: plan.seed,
    takeMeasured: () => gatherShards(open, cohort),
  });
  await sweepParts(study);
  await writeAtomic(
    `${folder}/merged.json`,
    JSON.stringify({ plan: open.sha256, failures: summary.failures }),
  );
  return summary;
}
