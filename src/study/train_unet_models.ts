import { type TrainedUnet, trainUnet, type TrainUnetOptions } from "../segmentation/train_unet.ts";
import type { FilmPool } from "../segmentation/film_pool.ts";
import { fillFilmPool } from "./fill_film_pool.ts";
import { type TrainingData, writeTrainingRecord } from "./training_record.ts";
import { unetRun } from "./training_run.ts";
import { FIRST_PLAN, writeModels } from "./write_models.ts";
import { writeTrainingCard } from "./write_training_card.ts";

/** What {@linkcode trainUnetModels} trains on and where it writes. */
export interface TrainUnetModelsOptions extends Omit<TrainUnetOptions, "checkpoint"> {
  /** Folder of models and plan. */
  out: string;
  /** Synthetic films to render. One twentieth validates. */
  films: number;
  /** Called with the number of films rendered. */
  onRender?: (done: number) => void;
}

/** Renders training films, trains the segmentation network on them and writes `unet.onnx`, its part of the plan, record and card. */
export async function trainUnetModels(options: TrainUnetModelsOptions): Promise<TrainedUnet> {
  const { out, films, onRender, ...training } = options;
  await Deno.mkdir(out, { recursive: true });
  const pool = await fillFilmPool({
    count: films,
    seed: training.seed,
    signal: training.signal,
    onProgress: onRender,
  });
  const checkpoint = `${out}/unet.checkpoint`;
  const resumed = training.resume === true && await Deno.stat(checkpoint).then(() => true, () => false);
  const start = performance.now();
  const trained = await trainUnet(pool, { ...training, checkpoint });
  const wallSeconds = (performance.now() - start) / 1000;
  if (trained.result.reason === "aborted") return trained;
  const plan = await writeModels(out, {
    files: { "unet.onnx": trained.model },
    plan: {
      segmentation: { ...FIRST_PLAN.segmentation, inputPx: trained.settings.inputPx },
      seeds: { unet: training.seed },
    },
  });
  const { seed, threads } = training, { validationFilms } = trained.settings;
  const data = trainingFilms(pool, { seed, validationFilms });
  await writeTrainingRecord(out, {
    unet: unetRun(trained, { data, seed, threads, wallSeconds, resumed, plan }),
  });
  await writeTrainingCard(out);
  await Deno.remove(checkpoint).catch(() => {});
  return trained;
}

/** What a pool of films drawn for training holds; every film is a patient of its own. */
function trainingFilms(
  { count, heads }: FilmPool,
  { seed, validationFilms }: { seed: number; validationFilms: number },
): TrainingData {
  const train = count - validationFilms;
  const radii = heads.filter((_, i) => i % 3 === 2); // [count, 2]
  const found = (from: number, to: number) => radii.subarray(2 * from, 2 * to).filter((r) => r > 0).length;
  return {
    kind: "synthetic",
    name: `training phantom, seed ${seed}`,
    counts: [
      { of: "films", train, validation: validationFilms },
      { of: "heads", train: found(0, train), validation: found(train, count) },
    ],
    failures: 0,
    splitSha256: null,
    notes: [],
  };
}
