import { type TrainedUnet, trainUnet, type TrainUnetOptions } from "../segmentation/train_unet.ts";
import { fillFilmPool } from "./fill_film_pool.ts";
import { FIRST_PLAN, writeModels } from "./write_models.ts";

/** What {@linkcode trainUnetModels} trains on and where it writes. */
export interface TrainUnetModelsOptions extends Omit<TrainUnetOptions, "checkpoint"> {
  /** Folder of models and plan. */
  out: string;
  /** Synthetic films to render. One twentieth validates. */
  films: number;
  /** Called with the number of films rendered. */
  onRender?: (done: number) => void;
}

/** Renders training films, trains the segmentation network on them and writes `unet.onnx` and its part of the plan. */
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
  const trained = await trainUnet(pool, { ...training, checkpoint });
  if (trained.result.reason === "aborted") return trained;
  await writeModels(out, {
    files: { "unet.onnx": trained.model },
    plan: {
      segmentation: { ...FIRST_PLAN.segmentation, inputPx: trained.settings.inputPx },
      seeds: { unet: training.seed },
    },
  });
  await Deno.remove(checkpoint).catch(() => {});
  return trained;
}
