// A separate process for work_pool_test.ts, because only ending the process stops the loop.
import { workPool } from "../../src/workers/work_pool.ts";

const results: unknown[] = [];
await workPool<{ add: number }, string | number, number>({
  jobs: ["spin", 3, 4],
  workers: 2,
  open: () => new Worker(new URL("./sample_worker.ts", import.meta.url), { type: "module" }),
  start: { add: 1 },
  silenceMs: 1500,
  onSilence: () => 7,
  onResult: (index, result) => {
    results[index] = result;
  },
});
console.log(JSON.stringify(results));
Deno.exit(0);
