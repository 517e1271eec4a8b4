import type { OpenModel } from "../../onnx/open_model.ts";
import type { ReadFilm } from "../../radiograph/decode_job.ts";
import { segmentHeads } from "../../segmentation/segment_heads.ts";
import type { Plan } from "../../types.ts";
import { preflight, type PreflightResult } from "./preflight.ts";

/**
 * Runs {@linkcode preflight} on a film that a `FilmReader` has read. With `models`, its heads are segmented and checked
 * too.
 */
export async function preflightFilm(
  { radiograph, facts }: ReadFilm,
  models: { plan: Plan; unet: OpenModel } | null,
): Promise<PreflightResult> {
  const heads = models ? await segmentHeads(radiograph, models.unet, models.plan.segmentation) : null;
  return preflight({ radiograph, facts, heads });
}
