import { workPool } from "../../workers/work_pool.ts";
import type { Autoencoder } from "./code_heads.ts";
import {
  type BatchBasis,
  type BatchStart,
  batchWork,
  type HeadBatch,
  type WorkedBatch,
} from "./work_batch.ts";

/** Options of {@linkcode workOnHeads}. */
export interface WorkOnHeadsOptions extends BatchBasis, Autoencoder {
  /** Bytes of the networks. If they are given, workers process the batches: one per core, or a single one on a GPU. */
  bytes?: Pick<BatchStart, "encoder" | "decoder">;
  signal?: AbortSignal;
  /** Called with the results of each batch, in order of completion. */
  onBatch: (batch: HeadBatch, numbers: WorkedBatch) => void;
}

/**
 * Processes batches of heads, in this thread or in workers. Both give exactly the same numbers, because heads are
 * processed independently.
 */
export async function workOnHeads(
  jobs: readonly HeadBatch[],
  { encoder, decoder, bytes, signal, onBatch, ...basis }: WorkOnHeadsOptions,
): Promise<void> {
  const { crops, scale, plan, pictures } = basis, { device } = decoder;
  if (!bytes) {
    const work = batchWork({ crops, scale, plan, pictures, encoder, decoder });
    for (const job of jobs) {
      signal?.throwIfAborted();
      onBatch(job, await work(job));
    }
    return;
  }
  await workPool<BatchStart, HeadBatch, WorkedBatch>({
    jobs,
    workers: device === "cpu" ? navigator.hardwareConcurrency : 1,
    open: () => new Worker(new URL("./head_worker.ts", import.meta.url), { type: "module" }),
    start: { crops, scale, plan, pictures, device, encoder: bytes.encoder, decoder: bytes.decoder },
    signal,
    onResult: (index, numbers) => onBatch(jobs[index], numbers),
  });
}
