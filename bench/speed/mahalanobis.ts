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

const peers = new Deno.Command(option("python", "/usr/bin/python3"), {
  args: [new URL("mahalanobis_peers.py", import.meta.url).pathname, String(n), String(d)],
  stdin: "piped",
  stdout: "piped",
}).spawn();
const toPeers = peers.stdin.getWriter();
const lines = peers.stdout.pipeThrough(new TextDecoderStream()).getReader();
async function answer(): Promise<Record<string, number>> {
  let text = "";
  while (!text.includes("\n")) text += (await lines.read()).value ?? "\n";
  return JSON.parse(text);
}
await answer();

const times: Record<string, number[]> = {};
function note(name: string, seconds: number): void {
  (times[name] ??= []).push(seconds);
}
mahalanobis(rows.subarray(0, 20_000 * d), shape);
for (let turn = 0; turn < turns; turn++) {
  const start = performance.now();
  mahalanobis(rows, shape);
  note("caput", (performance.now() - start) / 1000);
  await toPeers.write(new TextEncoder().encode("\n"));
  for (const [name, seconds] of Object.entries(await answer())) note(name, seconds);
}
await toPeers.close();

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
const fastest = peersOnly.reduce((a, b) => (median(b[1]) < median(a[1]) ? b : a));
console.log(
  `ratio to the fastest peer (${fastest[0]}): ${
    (median(fastest[1]) / median(times.caput)).toFixed(2)
  } (above 1: we are faster)`,
);
