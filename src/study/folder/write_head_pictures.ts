import type { ExplainedHead } from "../judge/code_heads.ts";
import type { PictureJob } from "./picture_worker.ts";
import { workPool } from "../../workers/work_pool.ts";
import { freshFolder } from "./write_picture.ts";

/** Heads a job. */
const HEADS = 64;

/** Crop, reconstruction and residual of every head as PNGs below `folder`, written by a worker. */
export async function writeHeadPictures(
  folder: string,
  { headIds, crops, explained, sizePx, signal, onHeads }: {
    headIds: readonly string[];
    crops: readonly Uint8Array[];
    explained: readonly ExplainedHead[];
    sizePx: number;
    signal?: AbortSignal;
    onHeads?: (done: number) => void;
  },
): Promise<void> {
  for (const kind of ["crops", "reconstructions", "residuals"]) await freshFolder(`${folder}/${kind}`);
  const jobs: PictureJob[] = [];
  for (let at = 0; at < headIds.length; at += HEADS) {
    const some = headIds.slice(at, at + HEADS);
    jobs.push({
      paths: some.flatMap((id) =>
        ["crops", "reconstructions", "residuals"].map((kind) => `${folder}/${kind}/${id}.png`)
      ),
      pictures: some.flatMap((_, i) => {
        const { reconstruction, residualPicture } = explained[at + i];
        return [crops[at + i], reconstruction, residualPicture];
      }),
      sizePx,
    });
  }
  let done = 0;
  await workPool<null, PictureJob, number>({
    jobs,
    workers: 1,
    open: () => new Worker(new URL("./picture_worker.ts", import.meta.url), { type: "module" }),
    start: null,
    signal,
    onResult: (_, files) => onHeads?.(done += files / 3),
  });
}
