/** One worker of `films_to_latents.ts`: films on disk to latent vectors, with the seconds of each stage. */
import { openModel } from "../../src/onnx/open_model.ts";
import { FileMemory } from "../../src/radiograph/guard/read_file_bytes.ts";
import { readFilm } from "../../src/study/measure/open_film.ts";
import { cropHead } from "../../src/segmentation/crop_head.ts";
import { segmentHeads } from "../../src/segmentation/segment_heads.ts";
import { serveJobs } from "../../src/workers/serve_jobs.ts";
import { encodeCrops } from "../../src/vae/encode_crops.ts";
import type { HeadCrop, Plan } from "../../src/types.ts";

/** Networks and plan. */
export interface Start {
  readonly unet: Uint8Array;
  readonly encoder: Uint8Array;
  readonly plan: Plan;
}

/** Seconds of each stage over the films of a job, and the number of heads found. */
export interface Stages {
  read: number;
  outline: number;
  crop: number;
  encode: number;
  heads: number;
}

serveJobs<Start, readonly string[], Stages>(async (start) => {
  const { plan } = start;
  const unet = await openModel(start.unet, { device: "cpu", threads: 1 });
  const encoder = await openModel(start.encoder, { device: "cpu", threads: 1 });
  const memory = new FileMemory();
  return async (paths) => {
    const stages: Stages = { read: 0, outline: 0, crop: 0, encode: 0, heads: 0 };
    const crops: HeadCrop[] = [];
    const timed = async <T>(stage: "read" | "outline" | "crop" | "encode", work: () => T | Promise<T>) => {
      const started = performance.now(), result = await work();
      stages[stage] += (performance.now() - started) / 1000;
      return result;
    };
    for (const path of paths) {
      const radiograph = await timed("read", () => readFilm(path, memory));
      const found = await timed("outline", () => segmentHeads(radiograph, unet, plan.segmentation));
      for (const mask of found.heads) {
        crops.push(await timed("crop", () => cropHead(radiograph, mask, plan.crop)));
      }
    }
    const latents = await timed("encode", () => encodeCrops(crops, encoder));
    stages.heads = latents.length;
    return stages;
  };
});
