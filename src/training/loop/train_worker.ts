/** The Worker's side of `trainLoop`: takes one request, trains, answers. */
import { batchesAhead } from "./batch_source.ts";
import { loadRecipe } from "./load_recipe.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import { type PlainError, plainError } from "./plain_error.ts";
import type { Buffers } from "./recipe.ts";
import { runTraining } from "./run_training.ts";
import type { Progress, TrainOptions, TrainResult } from "./train_loop.ts";

/** {@linkcode TrainOptions} as they travel, with every default filled in. */
export interface WorkerRequest extends Omit<TrainOptions, "signal" | "onProgress" | "optimiser"> {
  readonly buffers: Buffers;
  readonly optimiser: OptimiserSettings;
  readonly device: NonNullable<TrainOptions["device"]>;
  readonly threads: number;
  /** [0] is 1 once the run shall stop. */
  readonly control: Int32Array;
}

/** What comes back. */
export type WorkerReply =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "done"; readonly result: TrainResult }
  | { readonly kind: "error"; readonly error: PlainError };

const port = self as unknown as {
  onmessage: (event: MessageEvent<WorkerRequest>) => void;
  postMessage(reply: WorkerReply): void;
};

port.onmessage = async ({ data: request }) => {
  try {
    const recipe = await loadRecipe(request);
    const onProgress = (progress: Progress) => port.postMessage({ kind: "progress", progress });
    const result = await runTraining(recipe, { ...request, onProgress, batches: batchesAhead });
    port.postMessage({ kind: "done", result });
  } catch (error) {
    port.postMessage({ kind: "error", error: plainError(error) });
  }
};
