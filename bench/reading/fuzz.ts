/**
 * Fuzzing: reads randomly damaged films. Each must give an image or a clear error, within 5 s and 1.5 GB, without a
 * crash of the worker that reads it.
 *
 *   deno task fuzz [--seed 1] [--count 1000] [--corpus FOLDER]
 *
 * The films to be damaged are those of FOLDER up to 200 kB (default: ../shared/data, if it exists) and a synthetic PNG.
 * The exit code is 1 if a film breaks a rule.
 */
import { parseArgs } from "node:util";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { FilmReader } from "../../src/radiograph/film_reader.ts";
import { mutate, mutations } from "./mutate.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "1000" },
    corpus: { type: "string" },
  },
});
const seed = Number(values.seed), count = Number(values.count);
const timeLimitMs = 5000, memoryLimit = 1.5e9, largestFile = 200_000;

/** A synthetic PNG and the small films below a folder, if there is one. */
async function readCorpus(folder: string | undefined): Promise<Uint8Array<ArrayBuffer>[]> {
  const prng = seededPrng(0), samples = Uint16Array.from({ length: 200 * 180 }, () => prng.integer(4096));
  const films = [encodePng({ widthPx: 200, heightPx: 180, samples })];
  const walk = async (at: URL | string) => {
    const entries = (await Array.fromAsync(Deno.readDir(at))).sort((a, b) => a.name < b.name ? -1 : 1);
    for (const { name, isDirectory, isFile } of entries) {
      const path = `${at}/${name}`;
      if (isDirectory) await walk(path);
      else if (isFile && (await Deno.stat(path)).size <= largestFile && !/\.(json|md)$/.test(name)) {
        films.push(await Deno.readFile(path));
      }
    }
  };
  if (folder) await walk(folder);
  return films;
}

const shared = new URL("../../../shared/data", import.meta.url).pathname;
const folder = values.corpus ?? await Deno.stat(shared).then(() => shared, () => undefined);
const corpus = await readCorpus(folder), prng = seededPrng(seed).fork("fuzz");
console.log(`corpus: ${corpus.length} films; seed ${seed}, ${count} mutants`);

const reader = new FilmReader({ workers: 2, timeLimitMs });
// Start both workers now, so that their start-up does not count as the time of a film.
await Promise.all([1, 2].map(() => reader.inspectBytes(corpus[0].slice())));
const outcomes = new Map<string, number>(), broken: string[] = [];
let peakBytes = 0, slowestMs = 0, done = 0;

async function one(index: number): Promise<void> {
  const { bytes, kind } = mutate(corpus, prng.fork(index));
  const started = performance.now();
  const answer = await reader.inspectBytes(bytes, { name: `mutant ${index}` });
  const took = performance.now() - started;
  const code = "error" in answer ? answer.error.code : "picture";
  outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
  slowestMs = Math.max(slowestMs, took);
  peakBytes = Math.max(peakBytes, Deno.memoryUsage().rss);
  const clear = !("error" in answer) ||
    (answer.error.message.startsWith("Cannot ") && answer.error.fix !== "");
  const lost = "error" in answer && /decoder crashed|gave no answer/.test(answer.error.message);
  if (took > timeLimitMs || code === "time-limit" || lost || !clear) {
    broken.push(
      `mutant ${index} (${kind}): ${code}, ${took.toFixed(0)} ms, ${
        "error" in answer ? answer.error.message : ""
      }`,
    );
  }
  if (++done % 1000 === 0) console.error(`${done} of ${count}`);
}

let next = 0;
await Promise.all(Array.from({ length: 2 }, async () => {
  while (next < count) await one(next++);
}));
await reader.close();

console.log(`mutations: ${mutations.join(", ")}`);
for (const [code, n] of [...outcomes].sort((a, b) => b[1] - a[1])) {
  console.log(`${String(n).padStart(7)} ${code}`);
}
console.log(
  `slowest ${slowestMs.toFixed(0)} ms; peak memory ${(peakBytes / 1e6).toFixed(0)} MB (limit 1500)`,
);
for (const line of broken) console.log(line);
const passed = broken.length === 0 && peakBytes < memoryLimit;
console.log(
  passed
    ? "passed"
    : `failed: ${broken.length} films broke a rule${peakBytes < memoryLimit ? "" : "; too much memory"}`,
);
Deno.exit(passed ? 0 : 1);
