import { writeAtomic } from "../files/write_atomic.ts";
import { InputError } from "../input_error.ts";
import { fileStudyCohort } from "../study/cohort/file_study_cohort.ts";
import type { UnetComparison } from "../study/train/compare_unets.ts";
import { trainUnetModels, type TrainUnetModelsOptions } from "../study/train/train_unet_models.ts";
import type { Radiograph } from "../types.ts";
import { exportMasks } from "./export_masks.ts";

/** Inputs and output folders of {@linkcode learnFromDesk}. */
export interface LearnFromDeskOptions {
  /** Path of the correction log. */
  readonly log: string;
  /** Films: path of the file, and path below `filmFolder`. */
  readonly films: readonly { readonly path: string; readonly radiograph: string }[];
  /** Folder of the films; masks and cohort file are written there. */
  readonly filmFolder: string;
  /** Folder for the new models; each training that improves them adds a models folder (`learnt-1`, `learnt-2`, ...). */
  readonly folder: string;
  /** Models folder to start from. */
  readonly from: string;
  /** Code of the reader whose corrections are used for training. */
  readonly reader: string;
  /** Reads a film. */
  readonly read: (path: string) => Promise<Radiograph>;
  /** Number of synthetic films that are added to the training films. @default {400} */
  readonly synthetic?: number;
  /** Share of the training windows that are cut from the corrected films. @default {0.5} */
  readonly share?: number;
  /** Device to train on. @default {"cpu"} */
  readonly device?: TrainUnetModelsOptions["device"];
  /**
   * Passes over the training films.
   *
   * @default enough for 40 steps per corrected film, at least 240 and at most 3000 steps
   */
  readonly epochs?: number;
  /** Aborts the work; the next call continues from the last checkpoint. */
  readonly signal?: AbortSignal;
  /** Called after each film and each training step. */
  readonly onProgress?: (progress: LearningProgress) => void;
}

/** Progress of a training. */
export interface LearningProgress {
  /** Current stage: writing outlines, preparing films, training, or comparing the old and the new network. */
  readonly stage: "outlines" | "films" | "training" | "comparing";
  /** Number of films or training steps done. */
  readonly done: number;
  /** Total number of films or training steps. */
  readonly total: number;
  /** Films or steps per second. */
  readonly rate: number;
  /** Estimated seconds left in this stage; null until the first film or step is done. */
  readonly secondsLeft: number | null;
}

/** Result of a training. */
export interface Learnt {
  /** Time of completion, UTC, ISO 8601. */
  readonly time: string;
  /** Name of the new models folder, or null if the new models are not better than the old ones and were discarded. */
  readonly models: string | null;
  /** Number of corrected films that were used, for training or for the comparison. */
  readonly films: number;
  /**
   * Number of checked films that cannot be used for training: they have no head, a head without a side, or two heads
   * with the same side.
   */
  readonly left: number;
  /** Number of training steps. */
  readonly steps: number;
  /** Results of the old and the new network on corrected and synthetic films that were excluded from training. */
  readonly comparison: UnetComparison;
}

/** Minimum number of corrected films: three for training and one for the comparison. */
export const LEAST_FILMS = 4;
/** File with the results of all trainings, one JSON object per line. */
export const LEARNING_LOG = "learning.jsonl";
const MASKS = "corrected";

/**
 * Fine-tunes the network of `from` on the films that a reader checked at the desk. It writes their outlines and
 * `corrected.csv`, and trains on these films mixed with synthetic ones. It then compares the old and the new network on
 * films that were excluded from training, corrected and synthetic ones, and keeps the new models, in a new folder, only
 * if they are better. A corrected film that was excluded once is never used for training later. After a crash or a
 * cancellation, the next call continues.
 *
 * @throws {InputError} if the reader has not checked any film, or fewer than 4 checked films can be used for training.
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
      `Training needs at least ${LEAST_FILMS} corrected films, got ${used} (${left.length} more cannot be used: ` +
        "no head, a head without a side, or two heads with the same side)",
      { fix: "correct more films and press Enter on each; with ten the network usually improves" },
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
  if (!comparison) {
    throw new TypeError("Cannot use the new models: fine-tuning returned no comparison with the old ones");
  }
  const learnt: Learnt = {
    ...{ time: new Date().toISOString(), models: kept ? models : null, films: used, left: left.length },
    ...{ steps: result.step, comparison },
  };
  const before = await Deno.readTextFile(`${folder}/${LEARNING_LOG}`).catch(() => "");
  await writeAtomic(`${folder}/${LEARNING_LOG}`, `${before}${JSON.stringify(learnt)}\n`);
  return learnt;
}

/** Result of the last training in a folder, or null if there is none. */
export async function lastLearnt(folder: string): Promise<Learnt | null> {
  const text = await Deno.readTextFile(`${folder}/${LEARNING_LOG}`).catch(() => "");
  const line = text.trimEnd().split("\n").at(-1);
  return line ? JSON.parse(line) : null;
}

/**
 * Name of the first of the folders `learnt-1`, `learnt-2`, ... without finished models. It may contain an interrupted
 * training, which is then continued.
 */
async function nextFolder(folder: string): Promise<string> {
  for (let k = 1;; k++) {
    if (!await Deno.stat(`${folder}/learnt-${k}/plan.json`).then(() => true, () => false)) {
      return `learnt-${k}`;
    }
  }
}

/**
 * Returns a function that reports the progress of a stage, with its rate and the time left. A new stage, or a new
 * total, restarts the measurement of time.
 */
function stages(onProgress: LearnFromDeskOptions["onProgress"]) {
  let now = "", began = 0;
  return (stage: LearningProgress["stage"], done: number, total: number) => {
    const key = `${stage} ${total}`;
    if (key !== now) [now, began] = [key, performance.now()];
    const seconds = (performance.now() - began) / 1000, rate = seconds > 0 ? done / seconds : 0;
    onProgress?.({ stage, done, total, rate, secondsLeft: rate > 0 ? (total - done) / rate : null });
  };
}
