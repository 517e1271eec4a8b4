// A worker for work_pool_test.ts: squares numbers; "hang" never answers, "spin" loops for ever, "break" throws; a
// negative `add` fails at the start.
import { serveJobs } from "../../src/workers/serve_jobs.ts";

serveJobs<{ add: number }, number | string, number>((start) => {
  if (start.add < 0) throw Object.assign(new Error("no device"), { name: "DeviceError" });
  return Promise.resolve((job, beat) => {
    beat();
    while (job === "spin");
    if (job === "hang") return new Promise(() => {});
    if (job === "break") throw Object.assign(new RangeError("bad job"), { code: "ENOSPC" });
    return Promise.resolve(Number(job) ** 2 + start.add);
  });
});
