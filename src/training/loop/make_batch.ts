import { seededPrng } from "../../array/seeded_prng.ts";
import type { CarriedError } from "../../workers/carried_error.ts";
import type { Arrays, Recipe } from "./recipe.ts";
import type { WorkerRequest } from "./train_options.ts";

/** A message to the batch worker. The first names the recipe, each later one a step. */
export type BatchRequest =
  | { readonly open: Pick<WorkerRequest, "recipe" | "settings" | "buffers" | "seed"> }
  | { readonly step: number };

/** A batch, or the error that prevented it. */
export interface BatchReply {
  readonly step: number;
  readonly batch?: Arrays;
  readonly error?: CarriedError;
}

/** The batch of one step. Its random stream depends only on seed and step, so a resumed run gets the same batches. */
export async function makeBatch(
  recipe: Recipe,
  { step, seed }: { step: number; seed: number },
): Promise<Arrays> {
  return await recipe.batch(step, seededPrng(seed).fork(`batch ${step}`));
}
