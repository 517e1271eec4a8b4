import { EXIT } from "../call/exit_code.ts";
import { type Call, UsageError, type Verb } from "../call/verb.ts";

/** Environment variables with the task number of each engine, and their first number. */
const INDEX_VARIABLES = [["SLURM_ARRAY_TASK_ID", 0], ["JOB_COMPLETION_INDEX", 0], [
  "PARALLEL_SEQ",
  1,
]] as const;

/** The shard given on the command line or in the engine's environment. @throws {UsageError} if there is none. */
function shardIndex({ options }: Call): number {
  if (options.index !== undefined) return Number(options.index);
  for (const [name, first] of INDEX_VARIABLES) {
    const text = Deno.env.get(name);
    if (text !== undefined && /^\d+$/.test(text)) return Number(text) - first;
  }
  throw new UsageError(
    "caput shard needs --index N",
    `or one of ${INDEX_VARIABLES.map(([name]) => name).join(", ")} from the engine`,
  );
}

/** Number of cores of this task, if Slurm states it. */
function coresOfTask(): number | undefined {
  const text = Deno.env.get("SLURM_CPUS_PER_TASK");
  return text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

/** The plan file given on the command line. @throws {UsageError} if none is given. */
export function planOf(verb: string, call: Call): string {
  if (call.options.plan !== undefined) return call.resolve(String(call.options.plan));
  throw new UsageError(`caput ${verb} needs --plan FILE`, "caput run --engine slurm --plan-only writes one");
}

export const PLAN_OPTION = {
  plan: {
    kind: "text",
    value: "FILE",
    help: "plan.json, which caput run --engine wrote into .work/cluster of the study",
  },
} as const;

export const shard: Verb = {
  name: "shard",
  args: "",
  count: [0, 0],
  summary: "Processes one shard of a plan; does nothing if it is already done.",
  details:
    "An engine (Slurm, GNU parallel, Nextflow, Kubernetes) needs only this command and caput merge. A shard may be killed, repeated, or run twice at once: " +
    "finished work is kept and not repeated. Films that cannot be read are listed in the study's failures.csv; they do not make a shard fail.",
  options: {
    ...PLAN_OPTION,
    index: {
      kind: "whole",
      range: [0, 10_000_000],
      help:
        "number of the shard, from 0 (default: SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, or PARALLEL_SEQ minus 1)",
    },
    workers: {
      kind: "whole",
      range: [1, 256],
      help: "number of cores to use (default: SLURM_CPUS_PER_TASK, else 1)",
    },
    missing: {
      kind: "flag",
      help:
        "process nothing; print the shards that are not done, a line per thousand: an offset, and the numbers to add to it as a Slurm list",
    },
  },
  example: ["caput shard --plan studies/ours/.work/cluster/plan.json --index 3"],
  async run(call) {
    const { arrayLines, missingShards, readPlan, runShard } = await import("../../mod.ts");
    const open = await readPlan(planOf("shard", call));
    if (call.options.missing === true) {
      const missing = await missingShards(open);
      if (call.json) call.printJson({ shards: open.plan.shards.length, missing });
      else {
        for (const { offset, list } of arrayLines(missing)) call.print(`${offset} ${list}`);
        if (missing.length === 0) call.note(`All ${open.plan.shards.length} shards are done.`);
      }
      return EXIT.done;
    }
    const writer = crypto.getRandomValues(new Uint8Array(6)).toHex();
    const summary = await runShard(open, {
      index: shardIndex(call),
      writer,
      workers: call.options.workers === undefined ? coresOfTask() : Number(call.options.workers),
      signal: call.signal,
      progress: call.progress,
    });
    const { index, films, heads, failures, reused } = summary;
    if (call.json) call.printJson(summary);
    else {
      call.print(
        `shard ${index}: ${heads} heads of ${films} films${failures > 0 ? `, ${failures} failed` : ""}` +
          (reused ? ", done before" : ""),
      );
    }
    return EXIT.done;
  },
};
