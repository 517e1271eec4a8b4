import { type BatchReply, type BatchRequest, makeBatch } from "./make_batch.ts";
import { revivedError } from "./revived_error.ts";
import type { Arrays, Recipe } from "./recipe.ts";
import type { WorkerRequest } from "./train_options.ts";

/** Makes the batches of a training run. A batch does not depend on the thread that makes it. */
export interface BatchSource {
  /** The batch of one step; steps count from 1. */
  batch(step: number): Promise<Arrays>;
  close(): void;
}

/** Makes batches on request, in the calling thread. */
export function batchesHere(recipe: Recipe, { seed }: { seed: number }): BatchSource {
  return { batch: (step) => makeBatch(recipe, { step, seed }), close: () => {} };
}

/**
 * Makes batches in a Worker, up to `ahead` steps in advance, while earlier steps are computed. A Worker is needed
 * because onnxruntime blocks the thread that calls it.
 */
export function batchesAhead(
  request: Pick<WorkerRequest, "recipe" | "settings" | "buffers" | "seed" | "steps">,
  { ahead }: { ahead: number },
): BatchSource {
  const { recipe, settings, buffers, seed, steps } = request;
  const worker = new Worker(new URL("./batch_worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, PromiseWithResolvers<Arrays>>();
  worker.onmessage = ({ data }: MessageEvent<BatchReply>) => {
    const promised = waiting.get(data.step);
    if (data.error) promised?.reject(revivedError(data.error));
    else promised?.resolve(data.batch!);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { reject } of waiting.values()) reject(new Error(`Cannot make a batch: ${event.message}`));
  };
  const send = (message: BatchRequest) => worker.postMessage(message);
  send({ open: { recipe, settings, buffers, seed } });
  function ask(step: number): Promise<Arrays> {
    const known = waiting.get(step);
    if (known) return known.promise;
    const promised = Promise.withResolvers<Arrays>();
    promised.promise.catch(() => {}); // the error is thrown when this step is requested
    waiting.set(step, promised);
    send({ step });
    return promised.promise;
  }
  return {
    async batch(step) {
      for (let next = step; next <= Math.min(step + ahead, steps); next++) ask(next);
      try {
        return await ask(step);
      } finally {
        waiting.delete(step);
      }
    },
    close: () => worker.terminate(),
  };
}
