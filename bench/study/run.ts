/**
 * Seconds of `caput run` by stage, from scratch and with rendered films, and the peak memory of the process.
 *
 *   deno task bench bench/study/run.ts [--phantom paper] [--out FOLDER]
 *
 * Each case is a separate process. Stages overlap: maps and images are made during the comparisons. Without `--out` the
 * study is written to a temporary folder and removed. Between the cases, everything in the folder but `films` is
 * deleted.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { buildPage } from "../../dashboards/build_page.ts";
import { phantomStudyCohort } from "../../src/study/cohort/study_cohort.ts";
import { runStudy } from "../../src/study/run_study.ts";

const { values } = parseArgs({
  options: {
    phantom: { type: "string", default: "paper" },
    out: { type: "string" },
    child: { type: "boolean", default: false }, // internal: this process is the run to be measured
  },
});
const phantom = values.phantom!;

/** The run itself; prints one line per stage and, at the end, the peak resident memory. */
async function child(out: string): Promise<void> {
  const start = Date.now();
  const used = () => {
    const { user, system } = process.cpuUsage(); // microseconds, all threads
    return (user + system) / 1e6;
  };
  let before = start, usedBefore = 0;
  const stage = (name: string) => {
    const [now, usedNow] = [Date.now(), used()];
    const [wall, busy] = [(now - before) / 1000, usedNow - usedBefore];
    console.log(
      `  ${name.padEnd(34)}${wall.toFixed(1).padStart(7)} s${
        busy.toFixed(1).padStart(8)
      } s of processor time`,
    );
    [before, usedBefore] = [now, usedNow];
  };
  await runStudy(phantomStudyCohort(phantom, 1), {
    out,
    progress: (label) => {
      if (label === "films") stage("start");
      return { update: () => {}, end: () => label === "pictures" || stage(label) };
    },
    buildPage: async (folder) => {
      stage("maps, pictures, comparisons, tables");
      const page = await buildPage(folder);
      stage("page");
      return page;
    },
  });
  stage("hashes");
  console.log(`  peak memory ${(process.resourceUsage().maxRSS / 1e6).toFixed(2)} GB`); // maxRSS in kB
}

/** Runs one case in a separate process. */
async function measure(name: string, out: string): Promise<void> {
  console.log(name);
  const start = performance.now();
  const { code } = await new Deno.Command("deno", {
    args: ["task", "-q", "bench", "bench/study/run.ts", "--child", "--phantom", phantom, "--out", out],
    stdout: "inherit",
    stderr: "null",
  }).output();
  if (code !== 0) throw new Error(`Cannot measure the run: it must end with exit code 0, got ${code}`);
  console.log(`  total ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

if (values.child) await child(values.out!);
else {
  const out = values.out ?? await Deno.makeTempDir({ prefix: "caput-run-" });
  await measure(`${phantom}, from scratch, ${navigator.hardwareConcurrency} cores`, out);
  for await (const { name } of Deno.readDir(out)) {
    if (name !== "films") await Deno.remove(`${out}/${name}`, { recursive: true });
  }
  await measure(`${phantom}, films rendered, ${navigator.hardwareConcurrency} cores`, out);
  if (values.out === undefined) await Deno.remove(out, { recursive: true });
}
Deno.exit(); // threads of the networks would keep the process alive
