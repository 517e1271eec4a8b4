import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TOKEN, writeToyCohort, writeToyModels } from "../study/toy_models.ts";
import { finalFiles } from "./kill_and_rerun.ts";
import { startSlurm } from "./loopback_slurm.ts";
import { startSsh } from "./loopback_ssh.ts";
import { caputCommand, runCaput } from "./run_caput.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
await writeToyModels(`${folder}/models`);
await writeToyCohort(folder, { healthy: 26, diseased: 12 });
const WORDS = ["run", "--cohort", `${TOKEN}.csv`, "--models", "models"];
/** Options that make the smallest possible shards, of about 16 films: three for these 38 films. */
const SMALL = ["--shard-minutes", "0.005", "--film-seconds", "0.03"];
/** A note that the merge prints for this cohort. */
const NOTE = "64 healthy heads: split 60 / 20 / 20 by patient";
let whole: Record<string, string> | undefined;

/** Hashes of every file of the study if a single process runs it. */
async function ofOneProcess(): Promise<Record<string, string>> {
  if (!whole) {
    const { code, err } = await runCaput([...WORDS, "--device", "cpu", "--out", "whole", "--quiet"], folder);
    assertEquals(code, 0, err);
    whole = await finalFiles(`${folder}/whole`);
  }
  return whole;
}

/**
 * A wrapper of Deno that fails the first attempt at shard 0, kills the first attempt at shard 1 with SIGKILL halfway,
 * and runs shard 2 twice at once; it logs every attempt.
 */
async function writeFailingDeno(path: string, notes: string): Promise<void> {
  await Deno.mkdir(notes, { recursive: true });
  await Deno.writeTextFile(
    path,
    `#!/bin/bash
deno='${Deno.execPath()}'
case "$*" in
  *"shard --plan"*"--index 0"*)
    echo "$$" >> '${notes}/0'
    if [ "$(wc -l < '${notes}/0')" = 1 ]; then echo "failed on purpose" >&2; exit 1; fi ;;
  *"shard --plan"*"--index 1"*)
    echo "$$" >> '${notes}/1'
    if [ "$(wc -l < '${notes}/1')" = 1 ]; then
      setsid "$deno" "$@" & pid=$!
      sleep 0.6
      kill -9 -- "-$pid"
      wait "$pid"
      exit
    fi ;;
  *"shard --plan"*"--index 2"*)
    echo "$$" >> '${notes}/2'
    "$deno" "$@" & "$deno" "$@"; code=$?
    wait $! || code=$?
    exit "$code" ;;
esac
exec "$deno" "$@"
`,
    { mode: 0o755 },
  );
}

/**
 * Runs the cohort on an engine with the failures of {@linkcode writeFailingDeno}, and compares with a single process.
 */
async function runWithFailures(
  engine: string,
  env: Record<string, string>,
  more: string[] = [],
): Promise<void> {
  const notes = `${folder}/notes-${engine}`, deno = `${folder}/deno-${engine}`;
  await writeFailingDeno(deno, notes);
  const command = caputCommand([...WORDS, ...SMALL, "--out", engine, "--engine", engine, ...more], folder, {
    ...env,
    DENO: deno,
    PATH: `/usr/bin:/usr/sbin:${Deno.execPath().replace(/\/[^/]*$/, "")}:${Deno.env.get("PATH")}`,
  });
  const { code, stdout, stderr } = await command.output();
  const err = new TextDecoder().decode(stderr);
  assertEquals(code, 0, err);
  assertStringIncludes(new TextDecoder().decode(stdout), "76 heads of 38 films");
  if (engine === "parallel") {
    // The notes of the merge come after the line that announces it.
    const [before, after, ...more] = err.split("All 3 shards are done; the merge is running.\n");
    assertEquals(more, []);
    assert(!before.includes(NOTE) && after.includes(NOTE), err);
  }
  assertEquals(await finalFiles(`${folder}/${engine}`), await ofOneProcess());
  for (const [shard, attempts] of [[0, 2], [1, 2], [2, 1]]) {
    const lines = (await Deno.readTextFile(`${notes}/${shard}`)).trim().split("\n");
    assertEquals(lines.length, attempts, `attempts at shard ${shard}`);
  }
  const logs = `${folder}/${engine}/.work/cluster/logs`;
  const texts = [...Deno.readDirSync(logs)].map(({ name }) =>
    name.startsWith("parallel.tsv") ? "" : Deno.readTextFileSync(`${logs}/${name}`)
  );
  // GNU parallel prints only the last attempt at a shard that it repeats.
  if (engine === "slurm") {
    assert(texts.some((text) => text.includes("failed on purpose")), "a log must contain the failure");
  }
  assert(!texts.join().includes(`${TOKEN}_`), "no log may name a film");
}

async function has(program: string): Promise<boolean> {
  return (await new Deno.Command("/bin/sh", { args: ["-c", `command -v ${program}`], stdout: "null" })
    .output()).success;
}

Deno.test("GNU parallel: with one shard failed, one killed and one run twice, the files equal those of a single process", async () => {
  if (!(await has("parallel"))) {
    return console.log("skipped: GNU parallel is not installed (package parallel)");
  }
  await runWithFailures("parallel", {}, ["--jobs", "2"]);
});

Deno.test("GNU parallel over ssh: shards run on the hosts that the file lists, and the files equal those of one process", async () => {
  if (!(await has("parallel"))) {
    return console.log("skipped: GNU parallel is not installed (package parallel)");
  }
  const ssh = await startSsh(`${folder}/ssh`);
  if (!ssh) return;
  try {
    await Deno.writeTextFile(`${folder}/hosts.txt`, `2/${ssh.login}\n`);
    const words = [
      ...WORDS,
      ...SMALL,
      "--out",
      "over-ssh",
      "--engine",
      "parallel",
      "--hosts-file",
      "hosts.txt",
    ];
    const { code, stdout, stderr } = await caputCommand(words, folder).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    assertStringIncludes(new TextDecoder().decode(stdout), "76 heads of 38 films");
    assertEquals(await finalFiles(`${folder}/over-ssh`), await ofOneProcess());
    const jobs = (await Deno.readTextFile(`${folder}/over-ssh/.work/cluster/logs/parallel.tsv`)).trim().split(
      "\n",
    );
    const hosts = jobs.slice(1).map((line) => line.split("\t")[1]);
    assertEquals(hosts.map((host) => host.includes("127.0.0.1")), [true, true, true], hosts.join());
  } finally {
    await ssh.stop();
  }
});

Deno.test("Slurm, two nodes: with one shard failed, one killed and one run twice, the files equal those of one process", async () => {
  const slurm = await startSlurm(`${folder}/cluster`);
  if (!slurm) return;
  try {
    await runWithFailures("slurm", { ...slurm.env, CAPUT_SETTLE: "0" });
  } finally {
    await slurm.stop();
  }
});

Deno.test("run --plan-only: writes a plan and starts nothing; shard accepts the index of Slurm, Kubernetes and GNU parallel", async () => {
  const said = await runCaput([...WORDS, ...SMALL, "--out", "planned", "--plan-only", "--json"], folder);
  assertEquals(said.code, 0, said.err);
  const [{ plan, shards, films, kept }] = said.lines;
  assertEquals([shards, films, kept], [3, 38, false]);
  // The plan is kept. Options that would change it are reported, with advice on how to get a new plan.
  const again = async (...more: string[]) =>
    await runCaput([...WORDS, ...more, "--out", "planned", "--plan-only", "--json"], folder);
  const same = await again(...SMALL);
  assertEquals([same.lines[0].kept, same.lines[0].unused, same.err.includes("not used")], [true, [], false]);
  const others = await again("--shard-minutes", "10", "--film-seconds", "4");
  assertEquals([others.lines[0].shards, others.lines[0].unused], [3, ["film-seconds", "shard-minutes"]]);
  assertStringIncludes(
    others.err,
    "--film-seconds and --shard-minutes were not used, because they do not change an existing plan. For a new plan, " +
      `remove the folder ${folder}/planned/.work/cluster while no shard is running (finished films are kept), or name ` +
      "another folder with --out.",
  );
  const missing = async () => (await runCaput(["shard", "--plan", plan, "--missing"], folder)).out;
  assertEquals(await missing(), "0 0-2\n");
  for (
    const [name, value, index] of [["SLURM_ARRAY_TASK_ID", "1", 1], ["PARALLEL_SEQ", "1", 0], [
      "JOB_COMPLETION_INDEX",
      "0",
      0,
    ]] as const
  ) {
    const { code, stdout, stderr } = await caputCommand(
      ["shard", "--plan", plan, "--json", "--quiet"],
      folder,
      {
        [name]: value,
      },
    ).output();
    assertEquals(
      [code, JSON.parse(new TextDecoder().decode(stdout)).index],
      [0, index],
      name + new TextDecoder().decode(stderr),
    );
  }
  assertEquals(await missing(), "0 2\n");
  const early = await runCaput(["merge", "--plan", plan], folder);
  assertEquals(early.code, 3);
  assertStringIncludes(early.err, "missing: 2");
  assertEquals((await runCaput(["shard", "--plan", plan], folder)).code, 2);
  assertEquals((await runCaput(["shard", "--plan", plan, "--index", "2", "--quiet"], folder)).code, 0);
  const done = await runCaput(["shard", "--plan", plan, "--missing"], folder);
  assertEquals([done.out, done.err.includes("All 3 shards are done.")], ["", true]);
});
