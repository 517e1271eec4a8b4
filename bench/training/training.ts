/**
 * `deno task bench:training`: our training step and PyTorch's, alternating in one run, for two workloads.
 *
 * PyTorch is that of the `python3` on the path: `PATH=VENV/bin:$PATH deno task bench:training [ROUNDS]`. Each
 * configuration is a separate process. The processes alternate step by step for ROUNDS steps (default 15), so that other load on
 * the machine affects all of them.
 */
const ROUNDS = Number(Deno.args[0] ?? 15);
if (!Number.isInteger(ROUNDS) || ROUNDS < 1) {
  throw new RangeError(
    `Cannot run the benchmark: the number of rounds must be a whole number from 1, got ${Deno.args[0]}`,
  );
}
const THREADS = navigator.hardwareConcurrency;
const here = (name: string) => new URL(name, import.meta.url).pathname;

/** PyTorch's settings worth trying on a CPU. The first is the default. */
const TORCH: Record<string, Record<string, string>> = {
  "PyTorch as installed": {},
  "PyTorch, passive wait": { OMP_WAIT_POLICY: "PASSIVE" },
  "PyTorch, passive wait, fused AdamW": { OMP_WAIT_POLICY: "PASSIVE", FUSED: "1" },
  "PyTorch, passive wait, fused AdamW, channels last": {
    OMP_WAIT_POLICY: "PASSIVE",
    FUSED: "1",
    CHANNELS_LAST: "1",
  },
  "PyTorch, the same settings, compiled": {
    OMP_WAIT_POLICY: "PASSIVE",
    FUSED: "1",
    CHANNELS_LAST: "1",
    COMPILE: "1",
  },
};

/** A process that runs one step for each line it receives. */
interface Runner {
  readonly name: string;
  readonly about: string;
  readonly times: number[];
  peakMb: number;
  step(): Promise<void>;
  close(): Promise<void>;
}

async function start(name: string, command: Deno.Command): Promise<Runner | null> {
  const child = command.spawn();
  const writer = child.stdin.getWriter();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(lineStream()).getReader();
  const ready = await lines.read();
  if (ready.done) {
    console.log(`${name}: could not be started (${(await child.status).code})`);
    await writer.abort().catch(() => {});
    return null;
  }
  const runner: Runner = {
    name,
    about: ready.value.replace("ready ", ""),
    times: [],
    peakMb: 0,
    async step() {
      await writer.write(new TextEncoder().encode("\n"));
      const line = await lines.read();
      if (line.done) throw new Error(`Cannot compare: ${name} ended with code ${(await child.status).code}`);
      runner.times.push(Number(line.value));
    },
    async close() {
      runner.peakMb = await peakMb(child.pid);
      await writer.close();
      await child.status;
    },
  };
  return runner;
}

/** Peak resident memory of a process so far. Deno itself may read this file only with all permissions. */
async function peakMb(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("cat", { args: [`/proc/${pid}/status`] }).output();
  return Number(new TextDecoder().decode(stdout).match(/VmHWM:\s+(\d+)/)![1]) / 1024;
}

function lineStream(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      for (const line of lines) controller.enqueue(line);
    },
  });
}

const piped = { stdin: "piped", stdout: "piped", stderr: "null" } as const;

function ours(workload: string): Promise<Runner | null> {
  const args = ["run", "--quiet", "--allow-read", "--allow-ffi=node_modules", "--allow-env", "--allow-sys"];
  return start(
    "ours",
    new Deno.Command("deno", {
      args: [...args, here("training_ours.ts"), workload, `${THREADS}`],
      ...piped,
    }),
  );
}

function torch(workload: string, name: string): Promise<Runner | null> {
  const env = { THREADS: `${THREADS}`, ...TORCH[name] };
  return start(
    name,
    new Deno.Command("python3", {
      args: [here("training_torch.py"), workload],
      env: name === "PyTorch as installed" ? {} : env,
      ...piped,
    }),
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

async function compare(workload: string): Promise<{ ratio: number; peakMb: number }> {
  const runners: Runner[] = [];
  for (
    const make of [
      () => ours(workload),
      ...Object.keys(TORCH).map((name) => () => torch(workload, name)),
    ]
  ) {
    const runner = await make();
    if (runner) runners.push(runner);
  }
  for (let round = 0; round < ROUNDS; round++) for (const runner of runners) await runner.step();
  for (const runner of runners) await runner.close();
  console.log(`\n${workload}: median of ${ROUNDS} steps, ${THREADS} threads`);
  for (const { name, about, times, peakMb } of runners) {
    const [middle, least] = [median(times), Math.min(...times)].map((ms) => ms.toFixed(0).padStart(6));
    console.log(`${middle} ms  (fastest ${least})  ${peakMb.toFixed(0).padStart(5)} MB  ${name} (${about})`);
  }
  const [mine, ...theirs] = runners;
  if (mine?.name !== "ours") throw new Error("Cannot compare: our training process did not start");
  const best = Math.min(...theirs.map(({ times }) => median(times)));
  return { ratio: median(mine.times) / best, peakMb: mine.peakMb };
}

const unet = await compare("unet"), vae = await compare("vae");
const ratios = [unet, vae].map(({ ratio }) =>
  Number.isFinite(ratio) && ratio > 0 ? ratio.toFixed(2) : "none"
);
console.log(
  `\nratio unet ${ratios[0]} vae ${ratios[1]} peakMB ${unet.peakMb.toFixed(0)} ${vae.peakMb.toFixed(0)}`,
);
