import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { TOKEN, writeToyCohort, writeToyModels } from "../study/toy_models.ts";
import { finalFiles, killAndRerun } from "./kill_and_rerun.ts";
import { caputCommand, runCaput } from "./run_caput.ts";

const folder = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
await writeToyModels(`${folder}/models`);
await writeToyCohort(folder, { healthy: 26, diseased: 8 });
const WORDS = ["run", "--cohort", `${TOKEN}.csv`, "--models", "models", "--device", "cpu"];

/** Mounts a small or a read-only file system; null if this machine does not allow it. */
async function mounted(
  name: string,
  options: string,
): Promise<{ path: string; unmount: () => Promise<void> } | null> {
  const path = `${folder}/${name}`;
  await Deno.mkdir(path);
  const call = (program: string, args: string[]) =>
    new Deno.Command(program, { args, stdout: "null", stderr: "null" }).output().then(
      (o) => o.success,
      () => false,
    );
  if (!(await call("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]))) {
    console.log(`skipped: a file system cannot be mounted here (${options})`);
    return null;
  }
  return { path, unmount: () => call("umount", [path]).then((done) => assert(done)) };
}

Deno.test("kill -9 at a random moment, then a rerun: identical files", async () => {
  const start = performance.now();
  assertEquals((await runCaput([...WORDS, "--out", "whole", "--quiet"], folder)).code, 0);
  const wholeMs = performance.now() - start;
  const expected = await finalFiles(`${folder}/whole`);
  const prng = seededPrng(8);
  for (let i = 0; i < 1; i++) {
    await killAndRerun(`killed${i}`, { folder, words: WORDS, expected, wholeMs, prng });
  }
});

Deno.test("Ctrl-C: exit code 130 and advice on how to continue, which works", async () => {
  const child = caputCommand([...WORDS, "--out", "stopped"], folder).spawn();
  while (!(await Deno.stat(`${folder}/stopped/.work/heads-00000.json`).catch(() => null))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGINT");
  const { code, stderr } = await child.output();
  assertEquals(code, 130);
  assertStringIncludes(new TextDecoder().decode(stderr), "run the same command again");
  assertEquals((await runCaput([...WORDS, "--out", "stopped", "--quiet"], folder)).code, 0);
  assertEquals(await finalFiles(`${folder}/stopped`), await finalFiles(`${folder}/whole`));
});

Deno.test("two runs at once: the second is rejected with exit code 3, the first finishes", async () => {
  const first = caputCommand([...WORDS, "--out", "twice", "--quiet"], folder).spawn();
  while (!(await Deno.stat(`${folder}/twice/.lock`).catch(() => null))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const second = await runCaput([...WORDS, "--out", "twice", "--quiet"], folder);
  assertEquals(second.code, 3);
  assertStringIncludes(second.err, "another caput process is running there");
  assertEquals((await first.output()).code, 0);
});

Deno.test("disk full: exit code 4 and no study.json; the run continues once there is space", async () => {
  const disk = await mounted("full", "size=400k");
  if (!disk) return;
  try {
    const { code, err } = await runCaput([...WORDS, "--out", "full/study", "--quiet"], folder);
    assertEquals(code, 4, err);
    assertStringIncludes(err, "free some space");
    assertEquals(await Deno.stat(`${disk.path}/study/study.json`).catch(() => null), null);
    const larger = await new Deno.Command("mount", { args: ["-o", "remount,size=40m", disk.path] }).output();
    assert(larger.success);
    assertEquals((await runCaput([...WORDS, "--out", "full/study", "--quiet"], folder)).code, 0);
    assertEquals(await finalFiles(`${disk.path}/study`), await finalFiles(`${folder}/whole`));
  } finally {
    await disk.unmount();
  }
});

Deno.test("read-only folder: exit code 4, and the folder is named", async () => {
  const disk = await mounted("readonly", "ro");
  if (!disk) return;
  try {
    const { code, err } = await runCaput([...WORDS, "--out", "readonly/study", "--quiet"], folder);
    assertEquals(code, 4, err);
    assertStringIncludes(err, "readonly/study");
  } finally {
    await disk.unmount();
  }
});
