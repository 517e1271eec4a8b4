import type { HeadCrop, LatentVector } from "../../types.ts";
import type { ExplainedHead } from "./code_heads.ts";
import type { HeadJob, HeadStart, WorkedHeads } from "./head_worker.ts";
import { cropToBytes } from "../measure/crop_bytes.ts";
import { workPool } from "../../workers/work_pool.ts";

/** Heads per job. */
const HEADS = 64;

/** `codeHeads` and `explainHeads` on every core, for quantised crops. The result is identical to the byte, because heads are processed independently. */
export async function workOnHeads(
  crops: readonly HeadCrop[],
  { signal, onHeads, ...start }: HeadStart & { signal?: AbortSignal; onHeads?: (done: number) => void },
): Promise<{ latents: LatentVector[]; explained: ExplainedHead[] }> {
  const jobs: HeadJob[] = [];
  for (let at = 0; at < crops.length; at += HEADS) {
    const some = crops.slice(at, at + HEADS);
    jobs.push({ crops: some.map(cropToBytes), sides: some.map((crop) => crop.side) });
  }
  const results: WorkedHeads[] = [];
  let done = 0;
  await workPool<HeadStart, HeadJob, WorkedHeads>({
    jobs,
    workers: start.device === "cpu" ? navigator.hardwareConcurrency : 1,
    open: () => new Worker(new URL("./head_worker.ts", import.meta.url), { type: "module" }),
    start,
    signal,
    onResult: (index, result) => {
      results[index] = result;
      onHeads?.(done += result.latents.length);
    },
  });
  return {
    latents: results.flatMap((each) => each.latents),
    explained: results.flatMap((each) => each.explained),
  };
}
