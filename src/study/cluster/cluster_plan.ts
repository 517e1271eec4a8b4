import { sha256 } from "../../files/sha256.ts";
import { InputError } from "../../input_error.ts";
import type { Device } from "../../types.ts";

/** One shard, which an engine runs as one job: the portions `from` to `to - 1` of the cohort's films. */
export interface PlannedShard {
  /** Index of the shard, from 0. */
  readonly index: number;
  /**
   * Index of the first portion. A portion is stored as one unit: up to 16 films (more if one patient has more), with all
   * films of a patient together.
   */
  readonly from: number;
  /** Index of the portion after the last one. */
  readonly to: number;
  /** Number of films. */
  readonly films: number;
  /** Expected time in minutes on one core. */
  readonly minutes: number;
}

/** The cohort of a plan: a cohort file with the user's mappings, or a synthetic cohort. Paths are absolute. */
export type PlannedCohort =
  | {
    /** Path of the cohort file. */
    readonly file: string;
    /** Path of the key file, used to hash the names of patients and films. */
    readonly key: string;
    /** Folder that must contain all films. */
    readonly root?: string;
    /** Mapping of its column names (see `FileCohortOptions`). */
    readonly columns?: string;
    /** Mapping of its grades. */
    readonly gradeMap?: string;
    /** Mapping of its sides. */
    readonly sideMap?: string;
    /** Name of the cohort. */
    readonly name?: string;
  }
  | {
    /** Name of a synthetic cohort. */
    readonly phantom: string;
  };

/** The shards of a study and the inputs that determine them. Every shard reads this plan. */
export interface ClusterPlan {
  /** Type tag of the file. */
  readonly kind: "caput-plan";
  /** Version of the file format. */
  readonly format: 1;
  /** The cohort, and its hash (see `StudyCohort`). */
  readonly cohort: PlannedCohort & { readonly sha256: string };
  /** The models folder, and the hash of its `plan.json`, which contains the hashes of the model files. */
  readonly models: { readonly folder: string; readonly planSha256: string };
  /** Version and hash of Caput's code. */
  readonly code: { readonly version: string; readonly sha256: string };
  /** Device for the networks. */
  readonly device: Device;
  /** Random seed of a synthetic cohort, the split, the maps, resampling and the folds of cross-validation. */
  readonly seed: number;
  /** Number of films of the cohort. */
  readonly films: number;
  /** Number of portions that the films are divided into. */
  readonly portions: number;
  /** Expected time per film in seconds on one core. */
  readonly filmSeconds: number;
  /** The shards, in order; together they contain every portion exactly once. */
  readonly shards: readonly PlannedShard[];
}

/** A plan with its location. */
export interface OpenPlan {
  /** The plan. */
  readonly plan: ClusterPlan;
  /** sha256 of the plan's file. */
  readonly sha256: string;
  /** Folder of the plan, with the markers of finished shards, the logs and the scripts. */
  readonly folder: string;
  /** The study folder, which contains the folder of the plan. */
  readonly study: string;
}

/** Folder of the plan, relative to the study folder. */
export const PLAN_FOLDER = ".work/cluster";

/**
 * Reads a plan.
 *
 * @throws {InputError} if the file is missing, is not a plan, or is not in the plan folder of a study.
 */
export async function readPlan(path: string): Promise<OpenPlan> {
  const folder = path.replace(/[\\/][^\\/]*$/, ""), end = `/${PLAN_FOLDER}`;
  if (!folder.replaceAll("\\", "/").endsWith(end)) {
    throw new InputError(`Cannot use the plan ${path}: it must be in ${PLAN_FOLDER} of its study folder`, {
      fix:
        "name the plan.json that caput run --plan-only wrote; a study folder may be moved, but only as a whole",
    });
  }
  const text = await Deno.readTextFile(path).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new InputError(`Cannot use the plan ${path}: there is no such file`, {
      fix: "write one with caput run --engine slurm --plan-only",
      cause,
    });
  });
  return { plan: parsePlan(text, path), sha256: sha256(text), folder, study: folder.slice(0, -end.length) };
}

function parsePlan(text: string, path: string): ClusterPlan {
  const wrong = (what: string, cause?: unknown) =>
    new InputError(`Cannot use the plan ${path}: ${what}`, { fix: "write the plan again", cause });
  let plan: ClusterPlan;
  try {
    plan = JSON.parse(text);
  } catch (cause) {
    throw wrong("it must be JSON", cause);
  }
  if (plan?.kind !== "caput-plan" || plan.format !== 1) throw wrong("it must be a caput-plan of format 1");
  let next = 0;
  for (const [i, { index, from, to }] of plan.shards.entries()) {
    if (index !== i || from !== next || to <= from) {
      throw wrong(
        `shard ${i} must have index ${i}, start at portion ${next} and contain at least one portion`,
      );
    }
    next = to;
  }
  if (next !== plan.portions) throw wrong(`its shards must contain ${plan.portions} portions, got ${next}`);
  return plan;
}
