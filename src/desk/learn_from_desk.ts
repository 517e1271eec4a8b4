import { writeAtomic } from "../files/write_atomic.ts";
import { InputError } from "../input_error.ts";
import { fileStudyCohort } from "../study/cohort/file_study_cohort.ts";
import type { UnetComparison } from "../study/train/compare_unets.ts";
import { trainUnetModels, type TrainUnetModelsOptions } from "../study/train/train_unet_models.ts";
import type { Radiograph } from "../types.ts";
import { exportMasks } from "./export_masks.ts";

/** What {@linkcode learnFromDesk} learns from and where it writes. */
export interface LearnFromDeskOptions {
  /** File of the log. */
  readonly log: string;
  /** Films, with their paths below `filmFolder`. */
  readonly films: readonly { readonly path: string; readonly radiograph: string }[];
  /** Folder of the films; masks and cohort file are written there. */
  readonly filmFolder: string;
  /** Folder in which every training that is kept gets a models folder of its own, `learnt-1` and on. */
  readonly folder: string;
  /** Models folder to start from. */
  readonly from: string;
  /** Code of the reader whose films are learnt from. */
  readonly reader: string;
  /** Reads the film. */
  readonly read: (path: string) => Promise<Radiograph>;
  /** Synthetic films mixed in. @default {400} */
  readonly synthetic?: number;
  /** Share of windows cut from the corrected films. @default {0.5} */
  readonly share?: number;
  /** Where to train. @default {"cpu"} */
  readonly device?: TrainUnetModelsOptions["device"];
  /** Passes over the films. @default as many as make 40 steps a film, at least 240 */
  readonly epochs?: number;
  /** Aborts the work; the next call goes on from the last checkpoint. */
  readonly signal?: AbortSignal;
  /** Called a few times a second. */
  readonly onProgress?: (progress: LearningProgress) => void;
}

/** How far a training is. */
export interface LearningProgress {
  /** What is done now. */
  readonly stage: "outlines" | "films" | "training" | "comparing";
  /** Films, or steps while training. */
  readonly done: number;
  /** How many there are. */
  readonly total: number;
  /** Films or steps a second. */
  readonly rate: number;
  /** Seconds left of this stage; null until something is done. */
  readonly secondsLeft: number | null;
}

/** How a training ended. */
export interface Learnt {
  /** When, UTC, ISO 8601. */
  readonly time: string;
  /** Name of the new models folder, or null where the old models are better. */
  readonly models: string | null;
  /** Corrected films, in all. */
  readonly films: number;
  /** Films that were checked and could not be learnt from: a head without a side, or two of one. */
  readonly left: number;
  /** Steps done. */
  readonly steps: number;
  /** Both networks on the films left out. */
  readonly comparison: UnetComparison;
}

/** Fewest corrected films: three to learn from and one to compare on. */
export const LEAST_FILMS = 4;
/** What every training ended with, JSON, one a line. */
export const LEARNING_LOG = "learning.jsonl";
const MASKS = "corrected";

/**
 * Learns from the films a reader checked at the desk: writes their outlines and `corrected.csv`, trains from `from` on them mixed with
 * synthetic films, compares both networks on the corrected films that were left out, and keeps the new models, in a folder of their own,
 * only if they are better. Films left out once are never learnt from later. After a crash or a cancel the next call goes on.
 *
 * @throws {InputError} if fewer than 4 films can be learnt from.
 */
export async function learnFromDesk(options: LearnFromDeskOptions): Promise<Learnt> {
  const { log, films, filmFolder, folder, from, reader, read, synthetic = 400, share = 0.5 } = options;
  const { signal = new AbortController().signal, onProgress, device = "cpu", epochs } = options;
  const csv = `${filmFolder}/corrected.csv`, stage = stages(onProgress);
  const { used, left } = await exportMasks({
    ...{ log, films, reader, read, signal, folder: `${filmFolder}/${MASKS}`, format: "png" },
    cohort: { path: csv, masks: MASKS },
    onFilm: (done) => stage("outlines", done, films.length),
  });
  if (used < LEAST_FILMS) {
    throw new InputError(
      `Learning needs at least ${LEAST_FILMS} corrected films, got ${used} (and ${left.length} with a head of unknown side or two of one)`,
      { fix: "correct more films and press Enter on each; ten make a difference" },
    );
  }
  const models = await nextFolder(folder);
  const { result, comparison, kept } = await trainUnetModels({
    ...{ out: `${folder}/${models}`, from, seed: 1, device, epochs, resume: true, signal },
    cohort: await fileStudyCohort(csv, { out: `${folder}/${models}` }),
    mix: { films: synthetic, share },
    onFilm: (done, total) => stage("films", done, total),
    onCompare: (done, total) => stage("comparing", done, total),
    onProgress: ({ step, steps, rate, secondsLeft }) =>
      onProgress?.({ stage: "training", done: step, total: steps, rate, secondsLeft }),
  });
  signal.throwIfAborted();
  if (!comparison) throw new TypeError("Cannot compare: a training from other models must be compared");
  const learnt: Learnt = {
    ...{ time: new Date().toISOString(), models: kept ? models : null, films: used, left: left.length },
    ...{ steps: result.step, comparison },
  };
  const before = await Deno.readTextFile(`${folder}/${LEARNING_LOG}`).catch(() => "");
  await writeAtomic(`${folder}/${LEARNING_LOG}`, `${before}${JSON.stringify(learnt)}\n`);
  return learnt;
}

/** How the last training in a folder ended, or null. */
export async function lastLearnt(folder: string): Promise<Learnt | null> {
  const text = await Deno.readTextFile(`${folder}/${LEARNING_LOG}`).catch(() => "");
  const line = text.trimEnd().split("\n").at(-1);
  return line ? JSON.parse(line) : null;
}

/** The first folder that holds no finished models: one that a crash left is gone on with. */
async function nextFolder(folder: string): Promise<string> {
  for (let k = 1;; k++) {
    if (!await Deno.stat(`${folder}/learnt-${k}/plan.json`).then(() => true, () => false)) {
      return `learnt-${k}`;
    }
  }
}

/** Progress of stages whose rate nobody measured yet. */
function stages(onProgress: LearnFromDeskOptions["onProgress"]) {
  let now = "", began = 0;
  return (stage: LearningProgress["stage"], done: number, total: number) => {
    const key = `${stage} ${total}`;
    if (key !== now) [now, began] = [key, performance.now()];
    const seconds = (performance.now() - began) / 1000, rate = seconds > 0 ? done / seconds : 0;
    onProgress?.({ stage, done, total, rate, secondsLeft: rate > 0 ? (total - done) / rate : null });
  };
}
