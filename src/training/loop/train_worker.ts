/** Worker of `trainLoop`: receives one request, trains and sends the result. */
import { batchesAhead } from "./batch_source.ts";
import { loadRecipe } from "./load_recipe.ts";
import { packError } from "../../workers/carried_error.ts";
import { runTraining } from "./run_training.ts";
import type { Progress, WorkerReply, WorkerRequest } from "./train_options.ts";

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
    port.postMessage({ kind: "error", error: packError(error) });
  }
};
