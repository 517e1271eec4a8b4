import { packError } from "./carried_error.ts";
import type { FromWorker, ToWorker } from "./work_pool.ts";

/**
 * Runs inside a worker of `workPool` and answers the pool's messages. `open` is called once with the start
 * message; the function it returns is called for each job. A job calls `beat` to restart the pool's time limit.
 */
export function serveJobs<Start, Job, Result>(
  open: (start: Start) => Promise<(job: Job, beat: () => void) => Promise<Result>>,
): void {
  const scope = self as unknown as {
    postMessage: (message: FromWorker<Result>) => void;
    onmessage: (event: MessageEvent<ToWorker<Start, Job>>) => void;
  };
  let work: (job: Job, beat: () => void) => Promise<Result>;
  scope.onmessage = async ({ data }) => {
    try {
      if (data.kind === "start") {
        work = await open(data.start);
        scope.postMessage({ kind: "ready" });
      } else {
        const result = await work(data.job, () => scope.postMessage({ kind: "beat" }));
        scope.postMessage({ kind: "result", index: data.index, result });
      }
    } catch (error) {
      scope.postMessage({ kind: "error", error: packError(error) });
    }
  };
}
