/** Worker of `FilmReader`: one job at a time, large data in shared memory. */
import { parentPort } from "node:worker_threads";
import { type DecodeJob, decodeJob } from "./decode_job.ts";

const port = parentPort!;
port.on("message", async (job: DecodeJob) => port.postMessage(await decodeJob(job)));
port.postMessage("ready");
