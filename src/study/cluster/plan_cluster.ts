import { writeAtomic } from "../../files/write_atomic.ts";
import { InputError } from "../../input_error.ts";
import type { Device } from "../../types.ts";
import { divideFilms } from "../measure/divide_films.ts";
import { readStudyModels } from "../measure/read_study_models.ts";
import { CAPUT_VERSION } from "../models/caput_version.ts";
import {
  type ClusterPlan,
  type OpenPlan,
  PLAN_FOLDER,
  type PlannedCohort,
  readPlan,
} from "./cluster_plan.ts";
import { codeSha256 } from "./code_sha256.ts";
import { cutShards } from "./cut_shards.ts";
import { estimateFilmSeconds } from "./estimate_film_seconds.ts";
import { readPlannedCohort } from "./planned_cohort.ts";

/** Options of {@linkcode planCluster}. */
export interface PlanClusterOptions {
  /** Absolute path of the study folder. */
  out: string;
  /** Absolute path of the models folder. */
  models: string;
  /** Device for the networks of all shards. @default {"cpu"} */
  device?: Device;
  /** Random seed of a synthetic cohort, the split, the maps, resampling and the folds of cross-validation. @default {1} */
  seed?: number;
  /** Target time per shard in minutes on one core. @default {10} */
  minutes?: number;
  /** Time per film in seconds on one core. @default measured on a few films */
  filmSeconds?: number;
}

/** Default of the target time per shard, in minutes on one core. */
const MINUTES = 10;

/** A plan, and whether it already existed. */
export interface PlannedCluster {
  /** The plan with its location. */
  readonly open: OpenPlan;
  /** True if an earlier plan with the same inputs was kept. */
  readonly kept: boolean;
  /** Options that do not agree with the earlier plan and were not used, because that plan was kept. */
  readonly unused: readonly ("filmSeconds" | "minutes")[];
}

/**
 * Divides a cohort into shards for an engine and writes `plan.json` into the study folder. An existing plan is kept if
 * cohort, models, code, device and seed are unchanged, so that a second call continues the work of the first.
 *
 * @throws {CohortError | InputError | IntegrityError | ModelIntegrityError} if cohort or models cannot be used; then no
 * plan is written.
 */
export async function planCluster(
  planned: PlannedCohort,
  { out, models, device = "cpu", seed = 1, minutes, filmSeconds }: PlanClusterOptions,
): Promise<PlannedCluster> {
  const cohort = await readPlannedCohort(planned, { seed, out });
  if (cohort.jobs.length === 0) {
    throw new InputError("Cannot plan the study: its cohort must have at least one film");
  }
  const read = await readStudyModels(cohort, models);
  const inputs = {
    kind: "caput-plan",
    format: 1,
    cohort: { ...planned, sha256: cohort.sha256 },
    models: { folder: models, planSha256: read.files.planSha256 },
    code: { version: CAPUT_VERSION, sha256: codeSha256() },
    device,
    seed,
  } as const;
  const folder = `${out}/${PLAN_FOLDER}`, path = `${folder}/plan.json`;
  const before = await readPlan(path).catch(() => null);
  const portions = divideFilms(cohort.jobs);
  if (before && sameInputs(before.plan, inputs)) {
    return {
      open: before,
      kept: true,
      unused: unusedOptions(before.plan, portions, { minutes, filmSeconds }),
    };
  }

  await Deno.mkdir(folder, { recursive: true });
  const seconds = filmSeconds ??
    await timeFilms(
      `${folder}/scratch`,
      (scratch) => estimateFilmSeconds(cohort, { ...read, device, scratch }),
    );
  const plan: ClusterPlan = {
    ...inputs,
    films: cohort.jobs.length,
    portions: portions.length,
    filmSeconds: seconds,
    shards: cutShards(portions, { filmSeconds: seconds, minutes: minutes ?? MINUTES }),
  };
  // The plan names the cohort file and the key file by path, so only the user who runs the shards may read the plan.
  await writeAtomic(path, `${JSON.stringify(plan, null, 1)}\n`, { mode: 0o600 });
  return { open: await readPlan(path), kept: false, unused: [] };
}

async function timeFilms(scratch: string, time: (scratch: string) => Promise<number>): Promise<number> {
  await Deno.mkdir(scratch, { recursive: true });
  try {
    return Number((await time(scratch)).toPrecision(3));
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** Names of the given options that do not agree with an earlier plan. */
function unusedOptions(
  plan: ClusterPlan,
  portions: ReturnType<typeof divideFilms>,
  { minutes, filmSeconds }: Pick<PlanClusterOptions, "minutes" | "filmSeconds">,
): PlannedCluster["unused"] {
  const cut = (minutes: number) => cutShards(portions, { filmSeconds: plan.filmSeconds, minutes });
  return [
    ...filmSeconds !== undefined && filmSeconds !== plan.filmSeconds ? ["filmSeconds" as const] : [],
    // A plan does not contain the target time, but the shards that follow from it.
    ...minutes !== undefined && JSON.stringify(cut(minutes)) !== JSON.stringify(plan.shards)
      ? ["minutes" as const]
      : [],
  ];
}

function sameInputs(plan: ClusterPlan, inputs: Pick<ClusterPlan, "kind" | "format">): boolean {
  return Object.entries(inputs).every(([name, value]) =>
    JSON.stringify(plan[name as keyof ClusterPlan]) === JSON.stringify(value)
  );
}
