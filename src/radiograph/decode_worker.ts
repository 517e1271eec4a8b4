/** The worker's side of {@linkcode FilmReader}: one job at a time, pixels handed over without a copy. */
import { parentPort } from "node:worker_threads";
import { type DecodeJob, decodeJob } from "./decode_job.ts";

const port = parentPort!;
port.on("message", async (job: DecodeJob) => {
  const answer = await decodeJob(job);
  const radiograph = "film" in answer ? answer.film.radiograph : null;
  const buffers = [radiograph?.pixels.buffer, radiograph?.padding?.buffer].flatMap((buffer) => buffer ?? []);
  port.postMessage(answer, buffers as ArrayBuffer[]);
});
port.postMessage("ready");
