import type { OpenModel } from "../onnx/open_model.ts";
import type { FilmReader } from "../radiograph/film_reader.ts";
import { segmentHeads } from "../segmentation/segment_heads.ts";
import type { Plan, Radiograph } from "../types.ts";
import { preflight, type PreflightResult } from "./preflight.ts";

/** Options of {@linkcode preflightFilm}. */
export interface PreflightFilmOptions {
  reader: FilmReader;
  /** Heads are looked for where there is a network. */
  models: { plan: Plan; unet: OpenModel } | null;
  /** Called with the film once it is read, whatever is found on it. */
  onRead?: (radiograph: Radiograph) => void;
}

/** May this film be used? Read and looked over; heads are looked for where a network is given. */
export async function preflightFilm(
  path: string,
  { reader, models, onRead }: PreflightFilmOptions,
): Promise<PreflightResult> {
  const { radiograph, facts } = await reader.read(path);
  onRead?.(radiograph);
  const heads = models ? await segmentHeads(radiograph, models.unet, models.plan.segmentation) : null;
  return preflight({ radiograph, facts, heads });
}
