import { type FilmPool, filmPool } from "../../segmentation/film_pool.ts";
import { type TrainedUnet, trainUnet, type TrainUnetOptions } from "../../segmentation/train_unet.ts";
import type { UnusableRow } from "../cohort/film_job.ts";
import { fillCohortPool, type FilledPool } from "./fill_cohort_pool.ts";
import { fillFilmPool } from "./fill_film_pool.ts";
import { lockStudy } from "../folder/lock_study.ts";
import { readModels } from "../models/read_models.ts";
import { sha256 } from "../../files/sha256.ts";
import type { StudyCohort } from "../cohort/study_cohort.ts";
import { type TrainingData, writeTrainingRecord } from "./training_record.ts";
import { unetRun } from "./training_run.ts";
import { FIRST_PLAN, writeModels } from "../models/write_models.ts";
import { writeTrainingCard } from "./write_training_card.ts";

/** Windows per step. */
const BATCH = 16;
/** Number of steps that a network of this size needs, even with few films. */
const STEPS = 3000;

/** Options of {@linkcode trainUnetModels}. */
export interface TrainUnetModelsOptions
  extends Pick<TrainUnetOptions, "seed" | "device" | "threads" | "resume" | "signal" | "onProgress"> {
  /** Models folder to write. */
  out: string;
  /** Models folder whose `unet.onnx` the training starts from. @default random weights */
  from?: string;
  /** Films with drawn (or, where rendered, true) outlines. @default widely varied synthetic films, `films` of them */
  cohort?: StudyCohort;
  /** Synthetic films beside the cohort's, of which the cohort's then make up this share of the windows. @default no other films */
  mix?: { films: number; share: number };
  /** Folder that a synthetic cohort's films are kept in; a study's own, so that the study need not render them again. @default `out` */
  work?: string;
  /** Synthetic films to render where there is no cohort; one twentieth validates. @default {6000} */
  films?: number;
  /** Passes over the films. @default 12 over synthetic films, for a cohort as many as make 3000 steps, 12 at least */
  epochs?: number;
  /** Called with the number of films rendered or read. */
  onFilm?: (done: number, total: number) => void;
  /** Called for each row of the cohort that cannot be used. */
  onFailure?: (row: UnusableRow) => void;
  /** Called once, before the first step. */
  onStart?: (run: { films: number; epochs: number; steps: number }) => void;
}

/**
 * Trains the segmentation network on rendered films or a cohort's own, and writes `unet.onnx`, its part of the plan, record
 * and card.
 *
 * @throws {InputError} if the cohort leaves nothing to learn from or to choose by.
 */
export async function trainUnetModels(options: TrainUnetModelsOptions): Promise<TrainedUnet> {
  const { out, cohort, seed, device, threads, resume, signal, onProgress } = options;
  const initial = options.from === undefined
    ? undefined
    : (await readModels(options.from, { need: ["unet.onnx"] })).files["unet.onnx"];
  await Deno.mkdir(out, { recursive: true });
  const { pool, validationFilms, data, favoured } = await filmsOf(options);
  const films = pool.count - validationFilms;
  const enough = Math.ceil(STEPS / Math.ceil(films / BATCH));
  const epochs = options.epochs ?? (cohort && !options.mix ? Math.max(12, enough) : 12);
  const steps = Math.ceil(epochs * films / BATCH);
  options.onStart?.({ films, epochs, steps });
  const checkpoint = `${out}/unet${cohort ? `-${cohort.sha256.slice(0, 8)}` : ""}.checkpoint`;
  const resumed = resume === true && await Deno.stat(checkpoint).then(() => true, () => false);
  const start = performance.now();
  const trained = await trainUnet(pool, {
    ...{ steps, seed, batch: BATCH, validationFilms, favoured, checkpoint },
    ...{ device, threads, resume, signal, onProgress, initial },
  });
  const wallSeconds = (performance.now() - start) / 1000;
  if (trained.result.reason === "aborted") return trained;
  const plan = await writeModels(out, {
    files: { "unet.onnx": trained.model },
    plan: {
      segmentation: FIRST_PLAN.segmentation,
      seeds: { unet: seed },
    },
  });
  await writeTrainingRecord(out, {
    unet: unetRun(trained, { data: startedFrom(data, initial), seed, threads, wallSeconds, resumed, plan }),
  });
  await writeTrainingCard(out);
  await Deno.remove(checkpoint).catch(() => {});
  return trained;
}

/** Training data, with a note on the initial weights. */
function startedFrom(data: TrainingData, initial: Uint8Array | undefined): TrainingData {
  if (!initial) return data;
  const note = `started from the weights of an unet.onnx with sha256 ${sha256(initial)}`;
  return { ...data, notes: [...data.notes, note] };
}

/** All films of a training, the favoured first and those that validate last. */
async function filmsOf(
  options: TrainUnetModelsOptions,
): Promise<FilledPool & Pick<TrainUnetOptions, "favoured">> {
  const { cohort, mix } = options;
  if (!cohort) return await trainingFilms(options);
  const own = await cohortFilms(cohort, options);
  return mix ? await mixed(own, { ...options, films: mix.films }, mix.share) : own;
}

/** A cohort's films with freshly rendered ones between its training and its validation films. */
async function mixed(
  own: FilledPool,
  options: TrainUnetModelsOptions & { films: number },
  share: number,
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
    validationFilms: synthetic.validationFilms + own.validationFilms,
    favoured: { count: train, share },
    data: {
      ...data,
      name: `${data.name}, and synthetic hips (${synthetic.data.name})`,
      counts: data.counts.map((own) => {
        const drawn = synthetic.data.counts.find(({ of }) =>
          of === (own.of === "patients" ? "films" : own.of)
        )!;
        return { of: own.of, train: own.train + drawn.train, validation: own.validation + drawn.validation };
      }),
      // The synthetic films add what the cohort may not show (disease, implants).
      notes: [
        `${
          Math.round(100 * share)
        } % of the training windows are cut from the cohort's films, the others from ${count} synthetic ones`,
      ],
    },
  };
}

/** The cohort's films; what is rendered is kept where its study looks for it. */
async function cohortFilms(cohort: StudyCohort, options: TrainUnetModelsOptions): Promise<FilledPool> {
  const { out, work = out, seed, signal, onFilm, onFailure } = options;
  const fill = { seed, signal, onProgress: onFilm, onFailure };
  if (cohort.fingerprint === null) return await fillCohortPool(cohort, fill);
  const shelf = { folder: `${work}/films`, fingerprint: cohort.fingerprint };
  await Deno.mkdir(shelf.folder, { recursive: true });
  using _lock = await lockStudy(work);
  return await fillCohortPool(cohort, { ...fill, shelf });
}

/** Freshly rendered films in which everything is varied; each is a patient of its own. */
async function trainingFilms(
  { films: count = 6000, seed, signal, onFilm }: TrainUnetModelsOptions,
  into?: { pool: FilmPool; from: number },
): Promise<FilledPool> {
  const pool = await fillFilmPool({ count, seed, into, signal, onProgress: (done) => onFilm?.(done, count) });
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
