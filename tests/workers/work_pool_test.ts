import { assert, assertEquals, assertRejects } from "@std/assert";
import { workPool } from "../../src/workers/work_pool.ts";

const open = () => new Worker(new URL("./sample_worker.ts", import.meta.url), { type: "module" });

async function pool(
  jobs: readonly (number | string)[],
  options: Partial<Parameters<typeof workPool>[0]> = {},
) {
  const results: unknown[] = [];
  await workPool({
    jobs,
    workers: 2,
    open,
    start: { add: 1 },
    onResult: (index, result) => {
      results[index] = result;
    },
    ...options,
  });
  return results;
}

Deno.test("workPool: every job gives its result, with fewer or more workers than jobs", async () => {
  const jobs = [1, 2, 3, 4, 5];
  assertEquals(await pool(jobs), [2, 5, 10, 17, 26]);
  assertEquals(await pool(jobs, { workers: 9 }), [2, 5, 10, 17, 26]);
  assertEquals(await pool([]), []);
});

Deno.test("workPool: a worker's error keeps its name and code and ends the pool", async () => {
  const error = await pool([1, "break", 2]).then(() => null, (error) => error);
  assertEquals([error?.name, error?.code, error?.message], ["RangeError", "ENOSPC", "bad job"]);
  await assertRejects(() => pool([1], { start: { add: -1 } }), Error, "no device");
});

Deno.test("workPool: a worker that does not respond is replaced, and its job continues without the part that hung", async () => {
  const silent: number[] = [];
  const results = await pool(["hang", 3, "hang"], {
    silenceMs: 400,
    onSilence: (index) => {
      silent.push(index);
      return 7;
    },
  });
  assertEquals(results, [50, 10, 50]);
  assertEquals(silent.sort(), [0, 2]);
  await assertRejects(() => pool(["hang"], { silenceMs: 300 }), Error, "did not respond");
});

Deno.test("workPool: a worker that does not start is an error that names the time limit of the start", async () => {
  const mute = { postMessage() {}, terminate() {} } as unknown as Worker, real = globalThis.setTimeout;
  globalThis.setTimeout = ((work: () => void, ms: number) => real(work, ms / 1000)) as typeof setTimeout;
  try {
    const ended = pool([1], { open: () => mute, silenceMs: 400, onSilence: () => 7 });
    await assertRejects(() => ended, Error, "did not respond for 120 s");
  } finally {
    globalThis.setTimeout = real;
  }
});

Deno.test("workPool: an abort stops it with its reason", async () => {
  const controller = new AbortController();
  const ended = pool(["hang"], {
    signal: controller.signal,
    onBeat: () => controller.abort(new Error("enough")),
  });
  await assertRejects(() => ended, Error, "enough");
  assert(controller.signal.aborted);
});

Deno.test("workPool: a worker in an endless loop delays neither the other jobs nor the end of the process", async () => {
  const child = new URL("./spin_child.ts", import.meta.url).pathname;
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", "--allow-read", child],
  }).output();
  assertEquals([code, new TextDecoder().decode(stdout)], [0, "[50,10,17]\n"]);
});
