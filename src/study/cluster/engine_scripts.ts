import { InputError } from "../../input_error.ts";
import type { OpenPlan } from "./cluster_plan.ts";

/** Options of {@linkcode engineScripts}. */
export interface EngineScriptOptions {
  /** Absolute path of Deno. */
  deno: string;
  /** Absolute path of Caput's own folder. */
  root: string;
  /** Additional options for every `sbatch`, such as `--partition=long --account=hip`. */
  sbatch?: string;
  /** Number of concurrent shards per host with GNU parallel. @default the number of cores of the host */
  jobs?: number;
  /** Hosts for GNU parallel over ssh, such as `node1,node2`. @default this machine */
  hosts?: string;
  /** Absolute path of a GNU parallel sshlogin file with one host per line, instead of `hosts`. */
  hostsFile?: string;
}

/** Maximum number of shards in an array, one below Slurm's default of `MaxArraySize` (1001). */
export const ARRAY_SIZE = 1000;

/**
 * Memory in GB that the merge needs at most for a film with two heads: numbers, ids and paths. Images and outlines stay
 * on disk.
 */
const GB_PER_FILM = 20e3 / 1e9;

/** Quotes a word for a POSIX shell. */
const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** The name of a plan's jobs in Slurm's queue. */
export function jobName({ sha256 }: Pick<OpenPlan, "sha256">): string {
  return `caput-${sha256.slice(0, 12)}`;
}

/**
 * The shell scripts that run a plan on an engine, by file name. `submit.sh` (Slurm) and `parallel.sh` (GNU parallel)
 * are called by the user or by `caput run`; these two use the others. All scripts must be in the folder of the plan.
 *
 * @throws {InputError} if `sbatch` or `hosts` contains characters that are not allowed, or both `hosts` and `hostsFile`
 * are given.
 */
export function engineScripts(open: OpenPlan, options: EngineScriptOptions): Record<string, string> {
  const minutes = Math.max(...open.plan.shards.map((shard) => shard.minutes));
  const name = jobName(open), extra = sbatchLines(options.sbatch);
  return {
    "caput.sh": common(options),
    "shards.sbatch": shardsJob({ name, extra, minutes }),
    "merge.sbatch": mergeJob({ name, extra, shards: open.plan.shards.length, films: open.plan.films }),
    "submit.sh": submit(name),
    "parallel.sh": parallel(open.plan.shards.length, options),
  };
}

function sbatchLines(text = ""): string {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const bad = words.find((word) => !/^--?[A-Za-z][A-Za-z-]*(=[\w.,:;/@+=%[\]-]+)?$/.test(word));
  if (bad !== undefined) {
    throw new InputError(
      `Cannot use the options for sbatch: each must be --name=value or --name (the value of letters, digits and . , : ; / @ + = % [ ] _ -), got ${
        JSON.stringify(bad)
      }`,
      {
        fix: "such as --sbatch '--partition=long --account=hip'",
      },
    );
  }
  return words.map((word) => `#SBATCH ${word}\n`).join("");
}

function common({ deno, root }: EngineScriptOptions): string {
  return `# Read by the other scripts. The variable DENO may name another Deno.
# Deno and Caput must be the same on every machine.
DENO="\${DENO:-${deno.replace(/["\\$\`]/g, "\\$&")}}"
CAPUT=${quoted(root)}
export NO_COLOR=1
caput() { "$DENO" task --quiet --config "$CAPUT/deno.json" caput "$@"; }
`;
}

function header({ name, extra, minutes, memory, log }: {
  name: string;
  extra: string;
  minutes: number;
  memory: string;
  log: string;
}): string {
  return `#!/bin/bash
#SBATCH --job-name=${name}
#SBATCH --cpus-per-task=1
#SBATCH --mem=${memory}
#SBATCH --time=${Math.ceil(minutes)}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=logs/${log}
${extra}set -eu
. ./caput.sh
`;
}

/**
 * The job of one shard. Its time limit is 10 minutes plus four times the expected time of the longest shard. If the
 * limit stops a shard, its finished portions are kept, and it continues when the merge submits it again.
 */
function shardsJob({ name, extra, minutes }: { name: string; extra: string; minutes: number }): string {
  const head = header({ name, extra, minutes: 10 + 4 * minutes, memory: "2G", log: "shards-%A_%a.log" });
  return `${head}caput shard --plan "$PWD/plan.json" --index "$((CAPUT_OFFSET + SLURM_ARRAY_TASK_ID))" --quiet\n`;
}

/**
 * The job that merges the shards. It starts when the arrays have ended, with or without failures (`afterany`); with
 * `afterok` it would never start after a single failed shard. If shards are missing, it submits them again, up to three
 * times.
 */
function mergeJob(
  { name, extra, shards, films }: { name: string; extra: string; shards: number; films: number },
): string {
  const minutes = 60 + shards;
  const head = header({
    name: `${name}-merge`,
    extra,
    minutes,
    memory: `${Math.ceil(4 + films * GB_PER_FILM)}G`,
    log: "merge-%j.log",
  });
  return `${head}missing="$(caput shard --plan "$PWD/plan.json" --missing)"
if [ -n "$missing" ]; then
  sleep "\${CAPUT_SETTLE:-30}" # on a shared file system, files of other nodes may become visible late
  missing="$(caput shard --plan "$PWD/plan.json" --missing)"
fi
round="\${CAPUT_ROUND:-1}"
if [ -n "$missing" ] && [ "$round" -lt "\${CAPUT_ROUNDS:-4}" ]; then
  export CAPUT_ROUND="$((round + 1))"
  exec bash ./submit.sh
fi
code=0
caput merge --plan "$PWD/plan.json" || code=$?
[ "$code" = 1 ] || exit "$code" # 1: the study is finished, some heads could not be measured (failures.csv)
`;
}

function submit(name: string): string {
  return `#!/bin/bash
# Submits the missing shards as arrays, and a job that merges all shards when the arrays have ended, with or without
# failures. That job submits the shards that are still missing again. Calling this script again is safe: it does nothing
# while jobs of this plan are in the queue.
set -eu
cd "$(dirname "$(readlink -f "$0")")"
. ./caput.sh
command -v sbatch squeue > /dev/null || { echo "Cannot submit: sbatch and squeue must be on PATH; call this on a login node" >&2; exit 4; }
refused() {
  echo "Cannot submit: Slurm did not accept $1 (its reason is above); see whether sinfo answers, then run the same command again" >&2
  exit 4
}
mkdir -p logs
if [ -z "\${CAPUT_ROUND:-}" ]; then
  queued="$(squeue --noheader --format=%i --name=${name},${name}-merge)" || refused squeue
  if [ -n "$queued" ]; then
    echo "already in the queue: $(echo $queued)"
    exit 0
  fi
  rm -f merged.json
fi
# If this script is called from a job, sbatch would inherit the settings of that job from these variables.
for each in \${!SLURM_*}; do
  case "$each" in SLURM_CONF | SLURM_CLUSTERS) ;; *) unset "$each" ;; esac
done
missing="$(caput shard --plan "$PWD/plan.json" --missing)"
after=
while read -r offset list; do
  [ -n "$offset" ] || continue
  job="$(sbatch --parsable --array="$list" --export=ALL,CAPUT_OFFSET="$offset" shards.sbatch)" || refused "sbatch of the shards"
  after="$after:\${job%%;*}"
  echo "shards $list (+$offset) are job \${job%%;*}"
done <<< "$missing"
job="$(sbatch --parsable \${after:+--dependency=afterany$after} --export=ALL,CAPUT_ROUND="\${CAPUT_ROUND:-1}" merge.sbatch)" || refused "sbatch of the merge"
echo "the merge is job \${job%%;*}"
`;
}

/** Options of GNU parallel for the hosts that shards run on. */
function hostWords({ hosts, hostsFile }: EngineScriptOptions): string {
  if (hosts !== undefined && hostsFile !== undefined) {
    throw new InputError("Cannot use the hosts: they must be given by name or by a file, got both");
  }
  if (hosts !== undefined && !/^[\w.@:,/-]+$/.test(hosts)) {
    throw new InputError(
      `Cannot use the hosts: they must be names (letters, digits and . _ @ : / -) separated by commas, got ${
        JSON.stringify(hosts)
      }`,
      {
        fix: "such as --hosts node1,me@node2",
      },
    );
  }
  if (hostsFile !== undefined) return `--sshloginfile ${quoted(hostsFile)} `;
  return hosts === undefined ? "" : `--sshlogin ${hosts} `;
}

function parallel(shards: number, options: EngineScriptOptions): string {
  const where = `${options.jobs === undefined ? "" : `--jobs ${options.jobs} `}${hostWords(options)}`;
  return `#!/bin/bash
# Runs every shard with GNU parallel on one core each, tries a failed shard up to three times, and merges all shards.
# Calling this script again is safe: finished shards are not run again.
set -u
cd "$(dirname "$(readlink -f "$0")")" || exit 2
. ./caput.sh
command -v parallel > /dev/null || { echo "Cannot start: GNU parallel must be on PATH; install the package parallel" >&2; exit 4; }
mkdir -p logs
rm -f merged.json
parallel --quote ${where}--retries 3 --joblog logs/parallel.tsv \\
  "$DENO" task --quiet --config "$CAPUT/deno.json" caput shard --plan "$PWD/plan.json" --index {} --quiet \\
  < <(seq 0 ${shards - 1}) >> logs/parallel.log 2>&1 &
engine=$!
# After the first TERM, GNU parallel waits for running shards; the second TERM ends them.
# Their finished portions are kept.
trap 'kill -TERM "$engine"; kill -TERM "$engine"; exit 130' TERM INT
wait "$engine" || echo "some shards failed, see $PWD/logs/parallel.log"
quiet=--quiet
if [ -n "\${CAPUT_FOLLOWED:-}" ]; then
  # caput run takes the closed output as the start of the merge, and prints the summary itself.
  exec > /dev/null
  [ "$CAPUT_FOLLOWED" = quiet ] || quiet=
fi
caput merge --plan "$PWD/plan.json" $quiet
`;
}
