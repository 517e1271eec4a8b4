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
      return done.size === shards.length;
    };
    const all = shards.length === 1 ? "The shard is" : `All ${shards.length} shards are`;
    const script = startScript(`${open.folder}/${slurm ? "submit.sh" : "parallel.sh"}`, call);
    try {
      let merging = false;
      for (let round = 0, empty = 0; !(await isMerged(open)); round++) {
        const { closed } = script;
        if (!merging) {
          const allDone = await show();
          merging = slurm ? allDone : closed;
          if (merging) bar.end(); // from now on, parallel.sh shows the progress of the merge
          if (merging && allDone) {
            call.note(`${all} done; the merge is ${slurm ? `the job ${jobName(open)}-merge` : "running"}.`);
          }
        }
        await pause(pauseMs(round), closed ? [] : [script.onClose], call.signal);
        if (script.code === null) continue;
        if (script.code !== 0 && (slurm || script.code !== 1)) return script.code; // the script has already reported why
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
      if (!merging) await show();
      return EXIT.done;
    } finally {
      bar.end();
    }
  },
};

/** A script that is running or has ended. */
interface RunningScript {
  /** Exit code; null until the script has ended. */
  readonly code: number | null;
  /** True after the script closed its output: parallel.sh does so when no shard is running any more, before the merge. */
  readonly closed: boolean;
  /** Resolved when the script closes its output. */
  readonly onClose: Promise<void>;
}

/** Runs a script. An interrupt ends the script, but jobs in Slurm's queue continue. */
function startScript(path: string, call: Call): RunningScript {
  const child = new Deno.Command(path, {
    env: { CAPUT_FOLLOWED: call.quiet ? "quiet" : "1" },
    ...{ stdin: "null", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const { promise: onClose, resolve } = Promise.withResolvers<void>();
  const state: { -readonly [name in keyof RunningScript]: RunningScript[name] } = {
    code: null,
    closed: false,
    onClose,
  };
  const stop = () => state.code === null && child.kill("SIGTERM");
  call.signal.addEventListener("abort", stop, { once: true });
  (async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      text.split("\n").filter((line) => line !== "").forEach(call.note);
    }
    state.closed = true;
    resolve();
    state.code = (await child.status).code;
  })();
  return state;
}

/** Waits `ms`, or until one of the events if that is earlier; rejects if the signal is aborted. */
async function pause(ms: number, events: readonly Promise<void>[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    for (const event of events) {
      event.then(() => {
        clearTimeout(timer);
        resolve();
      });
    }
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** Whether Slurm has a job with this name or its merge job in the queue; null if `squeue` fails. */
async function inQueue(name: string): Promise<boolean | null> {
  const { success, stdout } = await new Deno.Command("squeue", {
    args: ["--noheader", "--format=%i", `--name=${name},${name}-merge`],
    stdin: "null",
    stderr: "null",
  }).output();
  return success ? new TextDecoder().decode(stdout).trim() !== "" : null;
}
