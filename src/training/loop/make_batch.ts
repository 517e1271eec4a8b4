import { seededPrng } from "../../array/seeded_prng.ts";
import type { CarriedError } from "../../workers/carried_error.ts";
import type { Arrays, Recipe } from "./recipe.ts";
import type { WorkerRequest } from "./train_options.ts";

/** First which recipe, then which step. */
export type BatchRequest =
  | { readonly open: Pick<WorkerRequest, "recipe" | "settings" | "buffers" | "seed"> }
  | { readonly step: number };

/** A batch, or why there is none. */
export interface BatchReply {
  readonly step: number;
  readonly batch?: Arrays;
  readonly error?: CarriedError;
}

/** The batch of one step: its chance is named after the step, so that a resumed run sees what it would have seen. */
export async function makeBatch(
  recipe: Recipe,
  { step, seed }: { step: number; seed: number },
): Promise<Arrays> {
  return await recipe.batch(step, seededPrng(seed).fork(`batch ${step}`));
}
