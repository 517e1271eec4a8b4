import type { OpenModel } from "../onnx/open_model.ts";
import type { FilmReader } from "../radiograph/film_reader.ts";
import { segmentHeads } from "../segmentation/segment_heads.ts";
import type { Plan } from "../types.ts";
import { preflight, type PreflightResult } from "./preflight.ts";

/** May this film be used? Read and looked over; heads are looked for where a network is given. */
export async function preflightFilm(
  path: string,
  { reader, models }: { reader: FilmReader; models: { plan: Plan; unet: OpenModel } | null },
): Promise<PreflightResult> {
  const { radiograph, facts } = await reader.read(path);
  const heads = models ? await segmentHeads(radiograph, models.unet, models.plan.segmentation) : null;
  return preflight({ radiograph, facts, heads });
}
