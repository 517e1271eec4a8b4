/**
 * Mutation testing: changes one constant, comparison or operator of a source file at a time and runs the file's own
 * test file. If the tests still pass, they do not detect the change.
 *
 *   deno task bench bench/code/mutate_code.ts [--count 12] [--seed 1] [FILE...]
 *
 * At most `--count` random changes are tried per file; the default files are `TARGETS`. Tests run in a copy outside the
 * project, so the project itself is never changed and `../shared` is not available.
 */
import { parseArgs } from "node:util";
import { seededPrng } from "../../src/array/seeded_prng.ts";

const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");
/** Files whose constants affect results, such as thresholds, positions, shares and limits. */
const TARGETS = [
  "src/phantom/film/expose.ts",
  "src/study/judge/explain_far_heads.ts",
  "src/study/preflight/preflight.ts",
  "src/radiograph/values/voi_values.ts",
  "src/segmentation/to_head_mask.ts",
  "src/segmentation/sides/apply_side_markers.ts",
  "src/normative/out_of_domain.ts",
  "src/normative/distance_uncertainty.ts",
  "src/normative/percentile_of.ts",
  "src/cohort/split_by_patient.ts",
  "src/vae/residual_map.ts",
];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: "string", default: "12" }, seed: { type: "string", default: "1" } },
});
const count = Number(values.count), prng = seededPrng(Number(values.seed)).fork("mutate code");
/**
 * Longest time for the tests of a file, ms. With a change they may take 20 s plus ten times as long as without it, but
 * no longer than this; then they are stopped and count as failed, so a change that causes an endless loop is caught.
 */
const LIMIT_MS = 300_000;

/** A change of a source file: position, old and new text. */
interface Change {
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

const SWAPS: Readonly<Record<string, string>> = {
  " < ": " <= ",
  " <= ": " < ",
  " > ": " >= ",
  " >= ": " > ",
  " + ": " - ",
  " - ": " + ",
  " * ": " / ",
  " / ": " * ",
  " && ": " || ",
  " || ": " && ",
  " === ": " !== ",
  " !== ": " === ",
  "Math.min(": "Math.max(",
  "Math.max(": "Math.min(",
};
const TOKEN =
  /(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])|Math\.(?:min|max)\(| (?:[<>]=?|[-+*/]|&&|\|\||[!=]==) /g;

/** All possible changes of a source file, except in comments, strings, imports and types. */
function changesOf(source: string): Change[] {
  const blank = (text: string) => text.replace(/[^\n]/g, "\0");
  const code = source.replace(
    /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|^import[\s\S]*?;$|^(?:export )?(?:interface|type) [\s\S]*?^}$/gm,
    blank,
  );
  return [...code.matchAll(TOKEN)].filter(({ 0: from, index }) => {
    const inString = code[index - 1] === "\0" || code[index + from.length] === "\0";
    return !(from === " + " && inString); // concatenated strings
  }).map(({ 0: from, index }) => ({ at: index, from, to: SWAPS[from] ?? otherNumber(from) }));
}

function otherNumber(text: string): string {
  const value = Number(text);
  return Number.isInteger(value) && value < 1000 && !text.includes(".")
    ? String(value + 1)
    : String(1.2 * value);
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    if (isDirectory) await copyTree(`${from}/${name}`, `${to}/${name}`);
    else if (isFile) await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

/** Whether a test file passes within the time limit. */
async function passes(folder: string, test: string, limitMs = LIMIT_MS): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "--quiet", "--no-check", "--no-prompt", "--config", `${ROOT}/deno.json`, "--allow-read"],
      ...[
        "--allow-write",
        "--allow-env",
        `--allow-ffi=${ROOT}/node_modules`,
        "--allow-sys",
        `${folder}/${test}`,
      ],
    ],
    cwd: folder,
    stdout: "null",
    stderr: "null",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
  const { success } = await child.status;
  clearTimeout(timer);
  return success;
}

const folder = await Deno.makeTempDir({ prefix: "caput-mutants-" });
let tried = 0, caught = 0;
try {
  for (const name of ["src", "tests", "data"]) await copyTree(`${ROOT}/${name}`, `${folder}/${name}`);
  for (const file of positionals.length > 0 ? positionals : TARGETS) {
    const test = file.replace(/^src/, "tests").replace(/\.ts$/, "_test.ts");
    const source = await Deno.readTextFile(`${folder}/${file}`), all = changesOf(source);
    const started = performance.now();
    if (!await passes(folder, test)) {
      console.log(`${file}: ${test} is missing or fails without a change; skipped`);
      continue;
    }
    const limitMs = Math.min(LIMIT_MS, 20_000 + 10 * (performance.now() - started));
    const draw = prng.fork(file),
      chosen = all.map((change) => ({ change, key: draw() }))
        .sort((a, b) => a.key - b.key).slice(0, count).map(({ change }) => change).sort((a, b) =>
          a.at - b.at
        );
    const survivors: string[] = [];
    for (const { at, from, to } of chosen) {
      await Deno.writeTextFile(
        `${folder}/${file}`,
        source.slice(0, at) + to + source.slice(at + from.length),
      );
      if (!await passes(folder, test, limitMs)) continue;
      const line = source.slice(0, at).split("\n").length;
      survivors.push(
        `  ${file}:${line}: ${from.trim()} -> ${to.trim()}: ${source.split("\n")[line - 1].trim()}`,
      );
    }
    await Deno.writeTextFile(`${folder}/${file}`, source);
    tried += chosen.length;
    caught += chosen.length - survivors.length;
    console.log(
      `${file}: ${
        chosen.length - survivors.length
      } of ${chosen.length} caught (of ${all.length} possible changes)`,
    );
    for (const line of survivors) console.log(line);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
console.log(`mutation score: ${caught} of ${tried}, ${(100 * caught / tried).toFixed(0)} %`);
