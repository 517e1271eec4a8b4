import { dirname } from "node:path";
import type { PlannedCohort } from "../../mod.ts";
import type { Call, OptionSpec } from "../call/verb.ts";

/** Options of `run` for an engine: a program that distributes the shards of a study over cores or machines. */
export const ENGINE_OPTIONS = {
  engine: {
    kind: ["local", "slurm", "parallel"],
    help:
      "what processes the films: this machine (local, the default), a Slurm cluster, or GNU parallel on cores or ssh hosts",
  },
  "plan-only": { kind: "flag", help: "write the plan and the scripts of every engine, and start nothing" },
  "shard-minutes": {
    kind: "number",
    range: [0.001, 1440],
    help: "minutes one core should take for a shard, which has at least about 16 films (default 10)",
  },
  "film-seconds": {
    kind: "number",
    range: [0.001, 3600],
    help: "seconds one core takes for a film (default: measured on eight films of the cohort)",
  },
  sbatch: {
    kind: "text",
    value: "OPTIONS",
    help: "additional options for sbatch, such as '--partition=long --account=hip'",
  },
  jobs: {
    kind: "whole",
    range: [1, 4096],
    help: "how many shards GNU parallel runs at once on each host (default: as many as it has cores)",
  },
  hosts: {
    kind: "text",
    value: "A,B",
    help: "ssh hosts for GNU parallel; they must share the file system (default: this machine)",
  },
  "hosts-file": {
    kind: "text",
    value: "FILE",
    help: "file with the hosts, as for GNU parallel's --sshloginfile: one host per line, such as 8/me@node1",
  },
} as const satisfies Record<string, OptionSpec>;

/** Whether a call divides its films into shards: with an engine other than `local`, or with `--plan-only`. */
export function wantsEngine({ options }: Call): boolean {
  return (options.engine !== undefined && options.engine !== "local") || options["plan-only"] === true;
}

/** The cohort given on the command line as stored in a plan, with absolute paths. */
export function plannedCohort(call: Call): PlannedCohort {
  const { phantom, cohort, root, key, columns, name, ...rest } = call.options as Record<
    string,
    string | undefined
  >;
  if (phantom !== undefined) return { phantom };
  const file = call.resolve(cohort!);
  return {
    file,
    key: key === undefined ? `${dirname(file)}/.caput-key` : call.resolve(key),
    root: root === undefined ? undefined : call.resolve(root),
    columns,
    gradeMap: rest["grade-map"],
    sideMap: rest["side-map"],
    name,
  };
}
