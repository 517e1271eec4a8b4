import { EXIT } from "../call/exit_code.ts";
import type { Call, Verb } from "../call/verb.ts";

/**
 * Time between two polls of the queue and of the markers of finished shards, ms: short at first, for small cohorts,
 * then longer to spare a shared file system.
 */
const pauseMs = (round: number) => Math.min(10_000, 250 * 1.15 ** round);
/** Maximum number of consecutive polls with an empty queue. After one more, the jobs are assumed to have failed. */
const MOST_EMPTY_POLLS = 3;

/** Starts an engine's script and follows it until the study is merged. Only `caput run --engine` calls it. */
export const follow: Verb = {
  name: "follow",
  args: "",
  count: [0, 0],
  summary: "Starts an engine's script and follows it.",
  options: {
    engine: { kind: ["slurm", "parallel"], help: "the engine" },
    plan: { kind: "text", value: "FILE", help: "plan.json of the study" },
  },
  example: ["caput run --cohort cohort.csv --out studies/ours --engine slurm"],
  async run(call) {
    const { doneShards, isMerged, jobName, readPlan } = await import("../../mod.ts");
    const open = await readPlan(call.resolve(String(call.options.plan)));
    const { films, shards } = open.plan, slurm = call.options.engine === "slurm";
    const bar = call.progress("films", films);
    const show = async () => {
      const done = await doneShards(open);
      bar.update(
        shards.reduce((sum, { index, films }) => sum + (done.has(index) ? films : 0), 0),
        `${done.size} of ${shards.length} shards`,
      );
    };
    const script = startScript(`${open.folder}/${slurm ? "submit.sh" : "parallel.sh"}`, call);
    try {
      for (let round = 0, empty = 0; !(await isMerged(open)); round++) {
        await show();
        await pause(pauseMs(round), call.signal);
        if (script.code === null) continue;
        if (script.code !== 0 && (slurm || script.code !== 1)) return script.code; // it has already reported why
        if (!slurm) continue;
        empty = await inQueue(jobName(open)) === false ? empty + 1 : 0;
        if (empty > MOST_EMPTY_POLLS) {
          call.note(`caput: no job of ${jobName(open)} is in the queue, but the study is not merged`);
          call.note(
            `  look at ${open.folder}/logs, then run the same command again: finished shards are kept`,
          );
          return EXIT.environment;
        }
      }
      await show();
      return EXIT.done;
    } finally {
      bar.end();
    }
  },
};

/**
 * Runs a script; `code` is null until it has ended. An interrupt ends the script, but jobs in Slurm's queue continue.
 */
function startScript(path: string, call: Call): { readonly code: number | null } {
  const child = new Deno.Command(path, {
    env: { CAPUT_FOLLOWED: "1" },
    ...{ stdin: "null", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const state: { code: number | null } = { code: null };
  const stop = () => state.code === null && child.kill("SIGTERM");
  call.signal.addEventListener("abort", stop, { once: true });
  (async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      text.split("\n").filter((line) => line !== "").forEach(call.note);
    }
    state.code = (await child.status).code;
  })();
  return state;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** Whether Slurm has a job with this name or its merge job in the queue; null if it does not respond. */
async function inQueue(name: string): Promise<boolean | null> {
  const { success, stdout } = await new Deno.Command("squeue", {
    args: ["--noheader", "--format=%i", `--name=${name},${name}-merge`],
    stdin: "null",
    stderr: "null",
  }).output();
  return success ? new TextDecoder().decode(stdout).trim() !== "" : null;
}
