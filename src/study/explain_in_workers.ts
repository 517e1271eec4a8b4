import type { HeadCrop, LatentVector } from "../types.ts";
import type { ExplainedHead } from "./code_heads.ts";
import type { ExplainJob, ExplainStart } from "./explain_worker.ts";
import { workPool } from "./work_pool.ts";

/** Heads a job. */
const HEADS = 64;

/** `explainHeads` on every core; the same bytes, as each head stands for itself. */
export async function explainInWorkers(
  crops: readonly HeadCrop[],
  latents: readonly LatentVector[],
  { signal, onHeads, ...start }: ExplainStart & { signal?: AbortSignal; onHeads?: (done: number) => void },
): Promise<ExplainedHead[]> {
  const jobs: ExplainJob[] = [];
  for (let at = 0; at < crops.length; at += HEADS) {
    jobs.push({ crops: crops.slice(at, at + HEADS), latents: latents.slice(at, at + HEADS) });
  }
  const results: ExplainedHead[][] = [];
  let done = 0;
  await workPool<ExplainStart, ExplainJob, ExplainedHead[]>({
    jobs,
    workers: start.device === "cpu" ? navigator.hardwareConcurrency : 1,
    open: () => new Worker(new URL("./explain_worker.ts", import.meta.url), { type: "module" }),
    start,
    signal,
    onResult: (index, heads) => {
      results[index] = heads;
      onHeads?.(done += heads.length);
    },
  });
  return results.flat();
}
