import { readFinishedRecord } from "../folder/read_finished_record.ts";
import type { Device } from "../../types.ts";
import type { Progress } from "../../training/loop/train_options.ts";
import { modelsOfStudy } from "../folder/models_of_study.ts";
import { loadModels } from "../models/model_set.ts";
import { measureRepeatability, type RepeatabilityRecord } from "./measure_repeatability.ts";
import { measureStability, type StabilityRecord } from "./measure_stability.ts";
import { readFilm } from "../measure/open_film.ts";
import { phantomCohort } from "../cohort/phantom_film.ts";
import { cropFromBytes } from "../measure/crop_bytes.ts";
import { readTable } from "../../files/read_table.ts";
import type { StudyProgress } from "../../workers/study_progress.ts";
import { numbersOf, textsOf } from "../../files/table.ts";
import { writeAtomic } from "../../files/write_atomic.ts";
import { InputError } from "../../input_error.ts";

/**
 * Contents of `reliability.json`: repeatability of a study's scores, and their dependence on the random seed of
 * training.
 */
export interface Reliability {
  /** Repeatability; null if it was never measured, for instance because only synthetic films can be rendered again. */
  readonly repeatability: RepeatabilityRecord | null;
  /** Stability over trainings; null if it was never measured. */
  readonly stability: StabilityRecord | null;
}

/** Options of {@linkcode studyReliability}. */
export interface StudyReliabilityOptions {
  /** Models folder. @default the folder that comes with Caput and has the study's encoder */
  models?: string;
  /** Device of the networks. @default {"auto"} */
  device?: "auto" | Device;
  /** Number of synthetic patients whose films are rendered again; 0 for none. @default {40} */
  patients?: number;
  /** Number of autoencoders to train, 0 or at least 2, with `seed` and the seeds that follow it. @default {0} */
  seeds?: number;
  /** Number of steps of each training. @default chosen from the number of heads */
  steps?: number;
  /** Random seed. @default {1} */
  seed?: number;
  /** Aborts the work. */
  signal?: AbortSignal;
  /** Creates a progress bar for a stage. */
  progress?: (label: string, total: number) => StudyProgress;
  /** Called with notes for the user. */
  note?: (line: string) => void;
}

/**
 * Measures the reliability of a finished study's scores and writes `reliability.json` into its folder: repeatability if
 * its films are synthetic, stability over trainings if seeds are requested. Results of an earlier call that are not
 * measured again are kept.
 *
 * @throws {InputError} if the folder contains no finished study, `seeds` is 1, the films are not synthetic and `seeds`
 * is 0, or too few heads are found.
 * @throws {IntegrityError | ModelIntegrityError} if the models do not have the study's encoder, or are damaged or
 * missing.
 */
export async function studyReliability(
  folder: string,
  { models, device = "auto", patients = 40, seeds = 0, steps, seed = 1, signal, progress, note = () => {} }:
    StudyReliabilityOptions = {},
): Promise<Reliability> {
  if (seeds === 1) {
    throw new InputError("Cannot measure stability: at least 2 seeds are needed, got 1", {
      fix: "use --seeds 2 or more",
    });
  }
  const record = await readFinishedRecord(folder, `Cannot measure the reliability of ${folder}`);
  const drawn = /^(\w+) phantom, seed (\d+)$/.exec(
    record.cohort.kind === "synthetic" ? record.cohort.name : "",
  );
  if (!drawn && seeds === 0) {
    throw new InputError(
      "Cannot measure the reliability of this study: only films of synthetic patients can be rendered again; use --seeds 2 or more " +
        "to measure how much its distances depend on the training",
    );
  }
  if (!drawn) {
    note("The films are not synthetic, so they cannot be rendered again: repeatability is not measured.");
  }
  const before = await readReliability(folder);
  let repeatability = before?.repeatability ?? null, stability = before?.stability ?? null;
  if (drawn && patients > 0) {
    const cannot = `Cannot measure the repeatability of ${folder}`;
    const opened = await loadModels(await modelsOfStudy(record, { models, cannot }), { device });
    let bar: StudyProgress | undefined;
    const cohort = phantomCohort(drawn[1], Number(drawn[2]));
    repeatability = await measureRepeatability(cohort, {
      ...{ models: opened, patients, seed, signal },
      onFilm: (done, total) => (bar ??= progress?.("films", total))?.update(done),
    });
    bar?.end();
  }
  if (seeds > 0) {
    const { heads, crops } = await readCrops(folder, record.plan.crop.sizePx);
    let bar: StudyProgress | undefined;
    stability = await measureStability(heads, {
      ...{ crops, steps, signal, estimator: record.plan.normative.estimator },
      seeds: Array.from({ length: seeds }, (_, i) => seed + i),
      onSeed: () => bar = undefined,
      onProgress: ({ step, steps }: Progress) => {
        bar ??= progress?.("steps", steps);
        bar?.update(step);
        if (step === steps) bar?.end();
      },
    });
  }
  const reliability = { repeatability, stability };
  await writeAtomic(`${folder}/reliability.json`, `${JSON.stringify(reliability, null, 1)}\n`);
  return reliability;
}

/** The results of an earlier call, or null. */
async function readReliability(folder: string): Promise<Reliability | null> {
  try {
    return JSON.parse(await Deno.readTextFile(`${folder}/reliability.json`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Grade, subset and crop of every head of a study folder. */
async function readCrops(folder: string, sizePx: number) {
  const table = await readTable(`${folder}/heads.parquet`);
  const [ids, sides, splits] = ["head_id", "side", "split"].map((name) => textsOf(table, name));
  const grades = numbersOf(table, "grade");
  const heads = ids.map((_, i) => ({ grade: grades[i], split: splits[i] as "train" }));
  const crops = [];
  for (const [i, id] of ids.entries()) {
    const { pixels } = await readFilm(`${folder}/crops/${id}.png`);
    crops.push(cropFromBytes(Uint8Array.from(pixels), { side: sides[i] as "right", sizePx }));
  }
  return { heads, crops };
}
