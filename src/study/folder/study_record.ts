import type { Device, Plan, Reference, Split } from "../../types.ts";
import type { JudgedHead } from "../cohort/film_job.ts";
import { splitSha256 } from "../cohort/split_sha256.ts";
import type { SoftwareVersions } from "../models/caput_version.ts";
import { sha256File } from "../../files/sha256.ts";

/**
 * `study.json`: the record of a study (plan, seeds, versions, cohort, hashes). It contains no date or time, so a rerun
 * writes the same bytes.
 */
export interface StudyRecord {
  /** Version of Caput. */
  readonly caput: string;
  /** Versions of Caput, Deno and the libraries. */
  readonly software: SoftwareVersions;
  /** The plan that training and scoring share. */
  readonly plan: Plan;
  /** Random seeds by use. */
  readonly seeds: { readonly study: number };
  /** Device that ran the networks. */
  readonly device: Device;
  /** The healthy heads that percentiles refer to. */
  readonly reference: Reference;
  /** Heads that mean and covariance were fitted to. */
  readonly fittedOn: {
    /** True if they are training heads of this cohort, false if they belong to the models' cohort. */
    readonly here: boolean;
    /** Number of these heads. */
    readonly n: number;
    /** Name of their cohort, or of the models. */
    readonly name: string;
    /** True if domain limits and the scale of the combined score were set on this cohort. */
    readonly limitsHere: boolean;
  };
  /** Origin and name of the cohort, and its numbers of films, heads, failures and heads of each grade. */
  readonly cohort: {
    readonly kind: "synthetic" | "cohort";
    readonly name: string;
    readonly films: number;
    readonly heads: number;
    readonly failures: number;
    readonly gradeCounts: Readonly<Record<string, number>>;
  };
  /** The split into subsets. */
  readonly split: {
    /** Number of patients, and of those with heads in more than one subset (0 in a valid study). */
    readonly proof: { readonly patients: number; readonly crossing: number };
    readonly counts: Readonly<Record<Split, { heads: number; patients: number; healthy: number }>>;
    /** See `splitSha256`. */
    readonly sha256: string;
  };
  /** Trustworthiness of the maps; see `DrawnMaps.quality`. */
  readonly map: object;
  /** Mean Dice coefficient with reference outlines over the `n` heads that have one; null if none has. */
  readonly dice: { readonly mean: number; readonly n: number } | null;
  /** Notes for the reader, such as what was done differently because the cohort is small. */
  readonly notes: readonly string[];
  /** Absent while the study is unfinished. */
  readonly hashes?: {
    /** Hash of everything that the results depend on; a rerun with the same hash reuses the study. */
    readonly run: string;
    /** sha256 of cohort, plan and model files. */
    readonly inputs: Readonly<Record<string, string>>;
    /** sha256 of every output, by path. */
    readonly outputs: Readonly<Record<string, string>>;
  };
}

const SPLITS: readonly Split[] = ["train", "validation", "held-out"];

/** Counts per subset, and the number of patients in more than one subset. */
export function describeSplit(heads: readonly JudgedHead[]): StudyRecord["split"] {
  const subsets = new Map<string, Set<Split>>();
  for (const { patient, split } of heads) {
    if (!subsets.has(patient)) subsets.set(patient, new Set());
    subsets.get(patient)!.add(split);
  }
  const crossing = [...subsets.values()].filter((each) => each.size > 1).length;
  const count = (split: Split) => {
    const inside = heads.filter((head) => head.split === split);
    return {
      heads: inside.length,
      patients: new Set(inside.map((head) => head.patient)).size,
      healthy: inside.filter((head) => head.grade === 0).length,
    };
  };
  return {
    proof: { patients: subsets.size, crossing },
    counts: Object.fromEntries(
      SPLITS.map((split) => [split, count(split)]),
    ) as StudyRecord["split"]["counts"],
    sha256: splitSha256(heads),
  };
}

/** Number of heads of each grade, and of those without one. */
export function gradeCounts(heads: readonly JudgedHead[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { grade } of heads) {
    const name = grade < 0 ? "ungraded" : String(grade);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/**
 * Paths that are not outputs of `caput run`: the record itself, the lock, intermediate results, films (they are inputs,
 * even if rendered), and what other commands add later.
 */
const NOT_OUTPUTS = [
  "study.json",
  ".lock",
  ".work",
  "films",
  "report",
  "figures",
  "reliability.json",
  "dicom",
  "teaching",
];

/** Paths of every output below a study folder, sorted. */
async function outputPaths(folder: string, below = ""): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    if ((below === "" && NOT_OUTPUTS.includes(name)) || name.endsWith(".part")) continue;
    const path = `${below}${name}`;
    if (!isDirectory) paths.push(path);
    else for (const inside of await outputPaths(folder, `${path}/`)) paths.push(inside); // too many to be the arguments of one push
  }
  return paths.sort();
}

/**
 * sha256 of every output of a study, by path.
 *
 * @param onFile called after each file with the number of files hashed so far, and the total
 */
export async function hashOutputs(
  folder: string,
  onFile?: (done: number, total: number) => void,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {}, paths = await outputPaths(folder);
  for (const [i, path] of paths.entries()) {
    hashes[path] = await sha256File(`${folder}/${path}`);
    onFile?.(i + 1, paths.length);
  }
  return hashes;
}

/** Reads the record of a study folder; null if it is missing or not complete JSON. */
export async function readStudyRecord(folder: string): Promise<StudyRecord | null> {
  try {
    return JSON.parse(await Deno.readTextFile(`${folder}/study.json`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
}
