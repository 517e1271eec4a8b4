/** The worker's side of `FilmReader`: one job at a time, pixels handed over without a copy. */
import { type DecodeJob, decodeJob } from "./decode_job.ts";

/** What a worker's global scope offers; the library names it only in worker programs. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<DecodeJob>) => void;
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
};

scope.onmessage = async ({ data }) => {
  const answer = await decodeJob(data);
  const radiograph = "film" in answer ? answer.film.radiograph : null;
  const buffers = [radiograph?.pixels.buffer, radiograph?.padding?.buffer].flatMap((buffer) => buffer ?? []);
  scope.postMessage(answer, buffers as ArrayBuffer[]);
};
scope.postMessage("ready");
