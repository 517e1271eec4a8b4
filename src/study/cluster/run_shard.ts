import { IntegrityError } from "../../files/integrity_error.ts";
import { InputError } from "../../input_error.ts";
import type { StudyProgress } from "../../workers/study_progress.ts";
import { measureFilms } from "../measure/measure_films.ts";
import { divideFilms } from "../measure/divide_films.ts";
import { readStudyModels } from "../measure/read_study_models.ts";
import { shardRecordSha256 } from "../measure/finished_shard.ts";
import type { ClusterPlan, OpenPlan } from "./cluster_plan.ts";
import { codeSha256 } from "./code_sha256.ts";
import { openPlannedCohort } from "./planned_cohort.ts";
import { readMarker, type ShardMarker, writeMarker } from "./shard_marker.ts";

/** Options of {@linkcode runShard}. */
export interface RunShardOptions {
  /** Index of the shard, from 0. */
  index: number;
  /** Identifies this process among those on all machines; part of temporary file names. */
  writer: string;
  /** Number of cores to use. @default {1} */
  workers?: number;
  /** Aborts the work. */
  signal?: AbortSignal;
  /** Creates a progress bar for a stage. */
  progress?: (label: string, total: number) => StudyProgress;
}

/** Result of a shard. */
export interface ShardSummary extends Pick<ShardMarker, "index" | "films" | "heads" | "failures"> {
  /** True if the shard was already done and its files are unchanged. */
  readonly reused: boolean;
}

/**
 * Runs one shard of a plan: reads, segments and crops its films and stores the heads in the study folder. Does nothing
 * if the shard is done already. A shard may be killed at any time, run again, or run twice at the same time, because each portion
 * is stored separately and atomically.
 *
 * @throws {InputError} if the plan has no such shard.
 * @throws {IntegrityError | ModelIntegrityError} if cohort, models or code are not those of the plan.
 * @throws {CohortError | InputError} if the cohort cannot be used.
 */
export async function runShard(
  open: OpenPlan,
  { index, writer, workers = 1, signal, progress }: RunShardOptions,
): Promise<ShardSummary> {
  const { plan, study } = open, work = `${study}/.work`;
  const planned = plan.shards[index];
  if (!planned) {
    throw new InputError(
      `Cannot run shard ${index}: its index must be from 0 to ${
        plan.shards.length - 1
      }, because the plan has ${plan.shards.length} shards`,
    );
  }
  requireCode(plan);
  const before = await readMarker(open, index);
  if (before && await recordsUnchanged(before, { from: planned.from, work })) {
    return { ...summary(before), reused: true };
  }

  const cohort = await openPlannedCohort(plan, study);
  const { files, segment } = await readStudyModels(cohort, plan.models.folder);
  if (files.planSha256 !== plan.models.planSha256) {
    throw new IntegrityError(
      `Cannot follow the plan: the models have changed, plan.json's sha256 must be ${plan.models.planSha256}, ` +
        `got ${files.planSha256}`,
      "restore the models, or plan again",
    );
  }
  const portions = divideFilms(cohort.jobs).slice(planned.from, planned.to);
  const measured = await measureFilms(cohort, files, {
    ...{ folder: study, device: plan.device, segment, portions, writer, workers, signal, progress },
  });
  const records: string[] = [];
  for (const portion of portions) records.push(await shardRecordSha256(portion, work));
  const marker: ShardMarker = {
    plan: open.sha256,
    index,
    records,
    films: planned.films,
    heads: measured.heads.length,
    failures: measured.failures.length,
  };
  await writeMarker(open, marker, { writer });
  return { ...summary(marker), reused: false };
}

function summary({ index, films, heads, failures }: ShardMarker): Omit<ShardSummary, "reused"> {
  return { index, films, heads, failures };
}

/** Whether all records still match the hashes in a marker. */
async function recordsUnchanged(
  { records }: ShardMarker,
  { from, work }: { from: number; work: string },
): Promise<boolean> {
  for (const [i, expected] of records.entries()) {
    const actual = await shardRecordSha256({ index: from + i }, work).catch(() => null);
    if (actual !== expected) return false;
  }
  return true;
}

/**
 * Checks that this machine runs the same code of Caput as the one that made the plan.
 *
 * @throws {IntegrityError} if the code differs.
 */
export function requireCode({ code }: ClusterPlan): void {
  const actual = codeSha256();
  if (actual === code.sha256) return;
  throw new IntegrityError(
    `Cannot follow the plan: Caput's code has changed, its sha256 must be ${code.sha256}, got ${actual}`,
    "use the same copy of Caput on every machine, or plan again: finished films are reused",
  );
}
