import type { OpenModel } from "../../onnx/open_model.ts";
import type { ReadFilm } from "../../radiograph/decode_job.ts";
import { segmentHeads } from "../../segmentation/segment_heads.ts";
import type { Plan } from "../../types.ts";
import { preflight, type PreflightResult } from "./preflight.ts";

/** May this film be used? Looked over as `FilmReader` reads it; heads are looked for where there is a network. */
export async function preflightFilm(
  { radiograph, facts }: ReadFilm,
  models: { plan: Plan; unet: OpenModel } | null,
): Promise<PreflightResult> {
  const heads = models ? await segmentHeads(radiograph, models.unet, models.plan.segmentation) : null;
  return preflight({ radiograph, facts, heads });
}
