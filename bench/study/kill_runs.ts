// Kills `caput run` with SIGKILL at random moments and runs it again. The files of each second run must be identical,
// byte by byte, to those of an uninterrupted run.
//
//   deno task bench bench/study/kill_runs.ts [COUNT] [SEED]
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { finalFiles, killAndRerun } from "../../tests/cli/kill_and_rerun.ts";
import { runCaput } from "../../tests/cli/run_caput.ts";
import { TOKEN, writeToyCohort, writeToyModels } from "../../tests/study/toy_models.ts";

const [count = 50, seed = 1] = Deno.args.map(Number);
const folder = await Deno.makeTempDir();
await writeToyModels(`${folder}/models`);
await writeToyCohort(folder, { healthy: 26, diseased: 8 });
const words = ["run", "--cohort", `${TOKEN}.csv`, "--models", "models", "--device", "cpu"];
const start = performance.now();
await runCaput([...words, "--out", "whole", "--quiet"], folder);
const wholeMs = performance.now() - start;
const expected = await finalFiles(`${folder}/whole`);
const prng = seededPrng(seed);
let finished = 0;
for (let i = 0; i < count; i++) {
  const { killedAtMs, finished: late } = await killAndRerun(`killed${i}`, {
    folder,
    words,
    expected,
    wholeMs,
    prng,
  });
  finished += late ? 1 : 0;
  console.log(`${i + 1}/${count}: killed at ${killedAtMs} of ${wholeMs.toFixed(0)} ms, files the same`);
}
console.log(
  `${count} kills (${finished} after the run had ended), ${
    Object.keys(expected).length
  } files byte-identical after each`,
);
await Deno.remove(folder, { recursive: true });
