import { refuseStudyFolder } from "../models/refuse_study_folder.ts";
import { resolve } from "node:path";
import { sha256 } from "../../files/sha256.ts";
import { InputError } from "../../input_error.ts";
import { type FilmPool, filmPool } from "../../segmentation/training/film_pool.ts";
import {
  type TrainedUnet,
  trainUnet,
  type TrainUnetOptions,
} from "../../segmentation/training/train_unet.ts";
import type { TrainingOptions } from "../../training/loop/checkpoint.ts";
import type { FilmJob, UnusableRow } from "../cohort/film_job.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import { lockStudy } from "../folder/lock_study.ts";
import { readFilm } from "../measure/open_film.ts";
import { LEARNT_FILE } from "../models/learnt_heads.ts";
import { MODEL_FILES, openUnet } from "../models/model_set.ts";
import { type ModelFiles, readModels } from "../models/read_models.ts";
import { DEFAULT_PLAN } from "../models/default_plan.ts";
import { writeModels } from "../models/write_models.ts";
import { continuesFrom } from "./earlier_checkpoint.ts";
import { compareUnets, type UnetComparison } from "./compare_unets.ts";
import { fillCohortPool, type FilledPool } from "./fill_cohort_pool.ts";
import { fillFilmPool } from "./fill_film_pool.ts";
import {
  readTrainingRecord,
  type TrainingData,
  type TrainingRecord,
  writeTrainingRecord,
} from "./training_record.ts";
import { unetRun } from "./training_run.ts";
import { writeTrainingCard } from "./write_training_card.ts";

/** Number of windows per training step. */
const BATCH = 16;
/** Number of steps that a network of this size needs, even with few films. */
const STEPS = 3000;
/**
 * Number of synthetic films on which a fine-tuned network is compared with the old one, in addition to the cohort's
 * films, and the number added to the seed so that these films differ from the training films.
 */
const GUARD_FILMS = 24, GUARD_SEED = 500_000_000;
const UNET = MODEL_FILES.unet;
const OTHER_FILES: readonly string[] = [
  ...Object.values(MODEL_FILES).filter((name) => name !== UNET),
  LEARNT_FILE,
];

/** Number of steps for fine-tuning: 40 for each training film of the cohort, but at least 240 and at most 3000. */
function tuningSteps(films: number): number {
  return Math.min(STEPS, Math.max(240, 40 * films));
}

/**
 * Settings for fine-tuning: at most eight evaluations on the validation films, with a checkpoint at each, so that a crash
 * loses about an eighth of the work at most. Training ends after three evaluations in a row without improvement.
 */
function tuningSchedule(steps: number): Pick<TrainUnetOptions, "validation" | "checkpointEvery"> {
  const every = Math.max(1, Math.ceil(steps / 8));
  return { validation: { every, patience: 3 }, checkpointEvery: every };
}

/**
 * Options that must be the same when a training is continued. Cohort and starting network are not among them, because
 * they are part of the checkpoint's name.
 */
function optionsOf({ cohort, seed, epochs, films = 6000, mix }: TrainUnetModelsOptions): TrainingOptions {
  return {
    "--seed": seed,
    "--epochs": epochs ?? null,
    "--films": mix?.films ?? (cohort ? null : films),
    "--share": mix?.share ?? null,
  };
}

/** Options of {@linkcode trainUnetModels}. */
export interface TrainUnetModelsOptions
  extends Pick<TrainUnetOptions, "seed" | "device" | "threads" | "resume" | "signal" | "onProgress"> {
  /** Models folder to write. */
  out: string;
  /** Models folder whose `unet.onnx` the training starts from. @default random weights */
  from?: string;
  /**
   * Cohort with drawn outlines, or a synthetic cohort, whose outlines are known.
   *
   * @default none: `films` synthetic films with wide variation are rendered
   */
  cohort?: StudyCohort;
  /**
   * Number of synthetic films in addition to the cohort's, and the share of training windows that are cut from the
   * cohort's films.
   *
   * @default no synthetic films
   */
  mix?: { films: number; share: number };
  /**
   * Folder for the rendered films of a synthetic cohort. If it is a study folder, that study does not render the films
   * again.
   *
   * @default `out`
   */
  work?: string;
  /** Number of synthetic films if there is no cohort; one twentieth is used for validation. @default {6000} */
  films?: number;
  /**
   * Passes over the training films.
   *
   * @default 12; for a cohort without `mix`, enough for 3000 steps if that is more; for fine-tuning on a cohort, enough
   * for 40 steps for each of its films, between 240 and 3000
   */
  epochs?: number;
  /**
   * Called with the number of films that were rendered or read so far, the total, and what they are for: the search for
   * duplicates before the split is drawn, training, or the comparison of a fine-tuned network with the old one.
   */
  onFilm?: (done: number, total: number, use: "duplicates" | "training" | "comparison") => void;
  /** Called for each row of the cohort that cannot be used. */
  onFailure?: (row: UnusableRow) => void;
  /** Called with notes for the user. */
  note?: (line: string) => void;
  /** Called once before the first step, with the size of the training. */
  onStart?: (run: { films: number; epochs: number; steps: number }) => void;
  /**
   * Whether a network that was fine-tuned (`from` and a cohort file) is kept only if its outlines are better, or
   * always.
   *
   * @default {"better"}
   */
  keep?: "better" | "always";
  /** Called after each film that the old and the new network are compared on. */
  onCompare?: (done: number, total: number) => void;
}

/** Result of a training, and the comparison of its network with the one that it started from. */
export interface TrainedUnetModels extends TrainedUnet {
  /**
   * Results of both networks on the films that were left out; null if the training was no fine-tuning or was aborted.
   */
  readonly comparison: UnetComparison | null;
  /** Whether the models were written. */
  readonly kept: boolean;
}

/**
 * Trains the segmentation network on synthetic films or a cohort's films, and writes `unet.onnx`, its part of the plan,
 * the training record and the model card. Fine-tuning, that is training on a cohort file from an existing network
 * (`from`), also copies the autoencoder, residual scale, normative model and calibration to `out`. After fine-tuning,
 * models are written only if the outlines are better on the films that were left out, or `keep` is "always".
 *
 * @throws {InputError} if the cohort has no films for training or validation, or `out` is the folder `from` or the
 * folder of a study, or options differ from those of the training that is resumed.
 * @throws {IntegrityError | ModelIntegrityError} if the models in `from` are missing or damaged.
 */
export async function trainUnetModels(options: TrainUnetModelsOptions): Promise<TrainedUnetModels> {
  const { out, cohort, from, seed, device, threads, resume, signal, onProgress } = options;
  if (from !== undefined && resolve(from) === resolve(out)) {
    throw new InputError("Cannot train: the models that the training starts from must not be overwritten", {
      fix: "name another folder for the new models",
    });
  }
  await refuseStudyFolder(out);
  const start = from === undefined ? null : await readModels(from, { need: [UNET], optional: OTHER_FILES });
  const initial = start?.files[UNET], tuned = start !== null && cohort?.kind === "cohort";
  const isNew = await Deno.stat(out).then(() => false, () => true);
  await Deno.mkdir(out, { recursive: true });
  const name = [cohort?.sha256, initial && sha256(initial)].flatMap((hash) => hash ? [hash.slice(0, 8)] : []);
  const checkpoint = `${out}/${["unet", ...name].join("-")}.checkpoint`;
  const checkpointOptions = optionsOf(options);
  const resumed = await continuesFrom(checkpoint, { resume, note: options.note, options: checkpointOptions });
  const { pool, validationFilms, data, favoured, leftOut, guard } = await filmsOf(options, tuned);
  const films = pool.count - validationFilms;
  const perEpoch = Math.ceil(films / BATCH);
  const own = favoured?.count ?? films;
  const epochs = options.epochs ??
    (tuned
      ? Math.ceil(tuningSteps(own) / perEpoch)
      : cohort && !options.mix
      ? Math.max(12, Math.ceil(STEPS / perEpoch))
      : 12);
  const steps = Math.ceil(epochs * films / BATCH);
  options.onStart?.({ films, epochs, steps });
  options.note?.(
    `Training on ${films} films: ${steps} ${steps === 1 ? "step" : "steps"} of ${BATCH} windows. ` +
      "Preparing the network and the first windows.",
  );
  const began = performance.now();
  const trained = await trainUnet(pool, {
    ...{ steps, seed, batch: BATCH, validationFilms, favoured, checkpoint, checkpointOptions },
    ...{ device, threads, resume, signal, onProgress, initial },
    ...(tuned ? tuningSchedule(steps) : {}),
  });
  const wallSeconds = (performance.now() - began) / 1000;
  if (trained.result.reason === "aborted") return { ...trained, comparison: null, kept: false };
  const comparison = tuned && leftOut
    ? await compared(trained.model, { ...options, start: start!, leftOut, guard })
    : null;
  const kept = comparison === null || comparison.better || options.keep === "always";
  await Deno.remove(checkpoint).catch(() => {});
  if (!kept) {
    if (isNew) await Deno.remove(out).catch(() => {}); // empty: nothing else was written
    return { ...trained, comparison, kept };
  }
  const { [UNET]: _, ...others } = tuned ? start!.files : {};
  const { elsewhere: __, ...keptPlan } = tuned ? start!.plan : { segmentation: DEFAULT_PLAN.segmentation };
  const plan = await writeModels(out, {
    files: { ...others, [UNET]: trained.model },
    plan: { ...keptPlan, seeds: { unet: seed } },
  });
  const noted = startedFrom(data, initial, Object.keys(others).length > 0);
  await writeTrainingRecord(out, {
    ...(tuned ? await vaeRecord(from!) : {}),
    unet: {
      ...unetRun(trained, { data: noted, seed, threads, wallSeconds, resumed, plan }),
      ...(comparison ? { comparison } : {}),
    },
  });
  await writeTrainingCard(out);
  return { ...trained, comparison, kept };
}

/** Compares the old and the new network on the films that were left out of training. */
async function compared(
  model: Uint8Array,
  { start, leftOut, guard, signal, onCompare }:
    & Pick<TrainUnetModelsOptions, "signal" | "onCompare">
    & { start: ModelFiles; leftOut: readonly FilmJob[]; guard: FilmPool | null },
): Promise<UnetComparison> {
  const before = await openUnet(start.files[UNET], { device: "cpu" });
  const after = await openUnet(model, { device: "cpu" });
  try {
    return await compareUnets(leftOut, {
      unets: { before, after, plan: start.plan.segmentation },
      ...{ pool: guard, read: (path: string) => readFilm(path), signal, onFilm: onCompare },
    });
  } finally {
    await before.close();
    await after.close();
  }
}

/** The training record of the autoencoder in `from`; empty if there is none or it cannot be read. */
async function vaeRecord(from: string): Promise<Pick<TrainingRecord, "vae">> {
  const { vae } = await readTrainingRecord(from).catch(() => ({ vae: undefined }));
  return vae ? { vae } : {};
}

/** The training data, with notes on the initial weights and on the files that were copied. */
function startedFrom(data: TrainingData, initial: Uint8Array | undefined, others: boolean): TrainingData {
  if (!initial) return data;
  const notes = [`started from the weights of a unet.onnx with sha256 ${sha256(initial)}`];
  if (others) {
    notes.push(
      "the other networks and the healthy reference were copied from the same models folder; " +
        "the reference was measured with the outlines of the old network",
    );
  }
  return { ...data, notes: [...data.notes, ...notes] };
}

/** Films for training; `guard` are synthetic films that are not used for training. */
type Films = FilledPool & Pick<TrainUnetOptions, "favoured"> & { readonly guard: FilmPool | null };

/** Collects all films of a training: the cohort's films first, validation films last. */
async function filmsOf(options: TrainUnetModelsOptions, tuned: boolean): Promise<Films> {
  const { cohort, mix, seed, signal, onFilm } = options;
  if (!cohort) return { ...await trainingFilms(options), guard: null };
  const own = await cohortFilms(cohort, options);
  if (!mix) return { ...own, guard: null };
  const films = await addSynthetic(own, { ...options, films: mix.films }, { share: mix.share, tuned });
  return {
    ...{ ...films, leftOut: own.leftOut },
    guard: tuned
      ? await fillFilmPool({
        ...{ count: GUARD_FILMS, seed: seed + GUARD_SEED, signal },
        onProgress: (done) => onFilm?.(done, GUARD_FILMS, "comparison"),
      })
      : null,
  };
}

/**
 * Adds newly rendered films to a cohort's films, between its training and its validation films. In fine-tuning, only
 * the cohort's own validation films decide when to stop.
 */
async function addSynthetic(
  own: FilledPool,
  options: TrainUnetModelsOptions & { films: number },
  { share, tuned }: { share: number; tuned: boolean },
): Promise<FilledPool & Pick<TrainUnetOptions, "favoured">> {
  const { films: count } = options, { sizePx } = own.pool, train = own.pool.count - own.validationFilms;
  const pool = filmPool({ count: own.pool.count + count, sizePx });
  const synthetic = await trainingFilms(options, { pool, from: train });
  for (
    const [key, size] of [["pixels", sizePx * sizePx], ["labels", sizePx * sizePx], ["shapes", 2], [
      "heads",
      6,
    ], ["headless", 6]] as const
  ) {
    pool[key].set(own.pool[key].subarray(0, train * size));
    pool[key].set(own.pool[key].subarray(train * size), (train + count) * size);
  }
  const { data } = own;
  return {
    pool,
    validationFilms: tuned ? own.validationFilms : synthetic.validationFilms + own.validationFilms,
    favoured: { count: train, share },
    data: {
      ...data,
      name: `${data.name}, and synthetic hips (${synthetic.data.name})`,
      counts: withSynthetic(data.counts, synthetic.data.counts, { tuned }),
      // The cohort's notes are left out: most say that disease or implants are missing, which the synthetic films show.
      notes: [
        `${
          Math.round(100 * share)
        } % of the training windows are cut from the cohort's films, the others from ${count} synthetic ones`,
      ],
    },
  };
}

/**
 * The counts of a cohort with those of additional synthetic films, each of which is a patient of its own. In fine-tuning
 * (`tuned`), all synthetic films are used for training.
 */
export function withSynthetic(
  cohort: TrainingData["counts"],
  synthetic: TrainingData["counts"],
  { tuned }: { tuned: boolean },
): TrainingData["counts"] {
  return cohort.map(({ of, train, validation }) => {
    const added = synthetic.find((each) => each.of === (of === "patients" ? "films" : of))!;
    return tuned
      ? { of, train: train + added.train + added.validation, validation }
      : { of, train: train + added.train, validation: validation + added.validation };
  });
}

/** Reads or renders a cohort's films. Rendered films are stored in the subfolder `films` of `work`, as in a study. */
async function cohortFilms(cohort: StudyCohort, options: TrainUnetModelsOptions): Promise<FilledPool> {
  const { out, work = out, seed, signal, onFilm, onFailure } = options;
  const fill = {
    ...{ seed, signal, onFailure },
    onProgress: (done: number, total: number) => onFilm?.(done, total, "training"),
    onDuplicates: (done: number, total: number) => onFilm?.(done, total, "duplicates"),
  };
  if (cohort.fingerprint === null) return await fillCohortPool(cohort, fill);
  const shelf = { folder: `${work}/films`, fingerprint: cohort.fingerprint };
  await Deno.mkdir(shelf.folder, { recursive: true });
  using _lock = await lockStudy(work);
  return await fillCohortPool(cohort, { ...fill, shelf });
}

/** Renders new films with wide variation, each of another patient. */
async function trainingFilms(
  { films: count = 6000, seed, signal, onFilm }: TrainUnetModelsOptions,
  into?: { pool: FilmPool; from: number },
): Promise<FilledPool> {
  const pool = await fillFilmPool({
    count,
    seed,
    into,
    signal,
    onProgress: (done) => onFilm?.(done, count, "training"),
  });
  const validationFilms = Math.max(1, Math.round(count / 20)), train = count - validationFilms;
  const first = into?.from ?? 0;
  return {
    ...{ pool, validationFilms },
    data: {
      kind: "synthetic",
      name: `training phantom, seed ${seed}`,
      counts: [
        { of: "films", train, validation: validationFilms },
        {
          of: "heads",
          train: headsIn(pool, first, first + train),
          validation: headsIn(pool, first + train, first + count),
        },
      ],
      failures: 0,
      splitSha256: null,
      notes: [],
    },
  };
}

function headsIn({ heads }: FilmPool, from: number, to: number): number {
  return heads.subarray(6 * from, 6 * to).filter((v, i) => i % 3 === 2 && v > 0).length;
}
