/**
 * Time to compute the Mahalanobis distance of 1,000,000 points in 32 dimensions, alternating between our code and
 * NumPy and SciPy in one run:
 *
 *   deno task bench bench/speed/mahalanobis.ts [--python /usr/bin/python3] [--rows 1000000] [--turns 7]
 */
import { cholesky } from "../../src/array/cholesky.ts";
import { covariance } from "../../src/array/covariance.ts";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { mahalanobis } from "../../src/normative/mahalanobis.ts";

function option(name: string, fallback: string): string {
  const at = Deno.args.indexOf(`--${name}`);
  return at >= 0 ? Deno.args[at + 1] : fallback;
}

const n = Number(option("rows", "1000000")), turns = Number(option("turns", "7")), d = 32;
const prng = seededPrng(1);
const rows = Float64Array.from({ length: n * d }, () => prng.normal()); // [n, d]
const { mean, covariance: spread } = covariance(rows.subarray(0, 5000 * d), d);
const shape = { mean, cholesky: cholesky(spread, d) };

/** Starts NumPy and SciPy. @returns the times of one run of each method, by name; null if they are missing. */
async function startPeers(python: string): Promise<(() => Promise<Record<string, number>>) | null> {
  const peers = new Deno.Command(python, {
    args: [new URL("mahalanobis_peers.py", import.meta.url).pathname, String(n), String(d)],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const toPeers = peers.stdin.getWriter();
  const lines = peers.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const answer = async () => {
    let text = "";
    while (!text.includes("\n")) text += (await lines.read()).value ?? "\n";
    return text.trim();
  };
  if (await answer() === "") return null;
  closePeers = () => toPeers.close();
  return async () => {
    await toPeers.write(new TextEncoder().encode("\n"));
    return JSON.parse(await answer());
  };
}
let closePeers = () => Promise.resolve();
const python = option("python", "/usr/bin/python3");
const askPeers = await startPeers(python).catch(() => null);

const times: Record<string, number[]> = {};
function note(name: string, seconds: number): void {
  (times[name] ??= []).push(seconds);
}
mahalanobis(rows.subarray(0, 20_000 * d), shape);
for (let turn = 0; turn < turns; turn++) {
  const start = performance.now();
  mahalanobis(rows, shape);
  note("caput", (performance.now() - start) / 1000);
  for (const [name, seconds] of Object.entries(await askPeers?.() ?? {})) note(name, seconds);
}
await closePeers();

const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1];
const best = (list: number[]) => Math.min(...list);
for (const [name, list] of Object.entries(times)) {
  console.log(
    `${name.padEnd(18)} median ${(1000 * median(list)).toFixed(0)} ms, best ${
      (1000 * best(list)).toFixed(0)
    } ms`,
  );
}
const peersOnly = Object.entries(times).filter(([name]) => name !== "caput");
if (peersOnly.length === 0) {
  console.log(`no comparison: ${python} does not run, or lacks NumPy or SciPy`);
  Deno.exit();
}
const fastest = peersOnly.reduce((a, b) => (median(b[1]) < median(a[1]) ? b : a));
console.log(
  `ratio to the fastest peer (${fastest[0]}): ${
    (median(fastest[1]) / median(times.caput)).toFixed(2)
  } (above 1: we are faster)`,
);
