/**
 * Reading speed: one film in seven transfer syntaxes, alternating between Caput and GDCM (Debian's libgdcm-tools) in
 * one run; then `--films` films in all these syntaxes, one in twenty bad, with one and two workers, and the memory
 * used.
 *
 *   deno task bench bench/reading/reading.ts [--film FILE] [--bad FOLDER] [--runs 5] [--films 1000]
 *
 * FILE is a DICOM film, FOLDER contains the bad ones; both default to files of ../shared/data.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { FilmReader } from "../../src/radiograph/film_reader.ts";
import { readDicom } from "../../src/radiograph/dicom/read_dicom.ts";

const { values } = parseArgs({
  options: {
    film: {
      type: "string",
      default: new URL("../../../shared/data/hip/RG2_hip.dcm", import.meta.url).pathname,
    },
    bad: { type: "string", default: new URL("../../../shared/data/hostile_dicom", import.meta.url).pathname },
    runs: { type: "string", default: "5" },
    films: { type: "string", default: "1000" },
  },
});
const runs = Number(values.runs), films = Number(values.films);

/** Names of the transfer syntaxes, and gdcmconv's options for writing them. */
const syntaxes: readonly [string, string[]][] = [
  ["explicit", ["--raw"]],
  ["implicit", ["--implicit"]],
  ["deflated", ["--deflated"]],
  ["rle", ["--rle"]],
  ["jpeg-lossless", ["--jpeg"]],
  ["jpeg-ls", ["--jpegls"]],
  ["jpeg-2000", ["--j2k"]],
];

/** Runs gdcmconv. @returns processor time in ms, or null if it failed. */
async function gdcmconv(args: string[]): Promise<number | null> {
  const { success, stderr } = await new Deno.Command("bash", {
    args: ["-c", 'TIMEFORMAT="%U %S"; time gdcmconv "$@"', "bash", ...args],
    stdout: "null",
    stderr: "piped",
  }).output();
  const [user, system] = new TextDecoder().decode(stderr).trim().split(/\s+/).slice(-2).map(Number);
  return success ? 1000 * (user + system) : null;
}

/** Processor time of this process so far, ms. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[times.length >> 1];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const folder = await Deno.makeTempDir();
const coded: string[] = [];
console.log("syntax          file MB   ours ms  gdcm ms   ours CPU ms  gdcm CPU ms   MB/s of CPU ours  gdcm");
for (const [name, options] of syntaxes) {
  const path = `${folder}/${name}.dcm`, out = `${folder}/out.dcm`;
  if (await gdcmconv([...options, values.film, path]) === null) {
    console.log(`${name.padEnd(14)}  gdcmconv cannot write it`);
    continue;
  }
  coded.push(path);
  const bytes = await Deno.readFile(path);
  const image = await readDicom(bytes), megabytes = image.samples.byteLength / 1e6;
  const ours: number[] = [], theirs: number[] = [], ourCpu: number[] = [], theirCpu: number[] = [];
  for (let i = 0; i < runs; i++) {
    const before = processorMs();
    ours.push(await timed(async () => readDicom(await Deno.readFile(path))));
    ourCpu.push(processorMs() - before);
    theirs.push(await timed(async () => theirCpu.push(await gdcmconv(["--raw", path, out]) ?? NaN)));
  }
  const [a, b, c, d] = [ours, theirs, ourCpu, theirCpu].map(median),
    rate = (ms: number) => (1000 * megabytes / ms).toFixed(0);
  const cells = [
    (bytes.length / 1e6).toFixed(2),
    a.toFixed(0),
    b.toFixed(0),
    c.toFixed(0),
    d.toFixed(0),
    rate(c),
    rate(d),
  ];
  console.log(name.padEnd(14) + cells.map((cell, i) => cell.padStart([9, 10, 9, 14, 13, 19, 6][i])).join(""));
}
console.log(
  "MB of decoded samples. gdcmconv --raw is a process that also writes the film; ours decodes within this one.",
);

const bad = (await Array.fromAsync(Deno.readDir(values.bad)).catch(() => []))
  .filter(({ name }) => /trunc|dim65535|ba0|spp3|bs17/.test(name)).map(({ name }) => `${values.bad}/${name}`)
  .sort();
const paths = Array.from(
  { length: films },
  (_, i) => i % 20 === 19 && bad.length ? bad[i % bad.length] : coded[i % coded.length],
);
for (const workers of [1, 2]) {
  const reader = new FilmReader({ workers }), memory: number[] = [];
  let next = 0, failed = 0;
  const before = processorMs();
  const took = await timed(() =>
    Promise.all(Array.from({ length: workers }, async () => {
      while (next < paths.length) {
        const path = paths[next++];
        await reader.read(path).catch(() => failed++);
        if (next % 100 === 0) memory.push(Deno.memoryUsage().rss / 1e6);
      }
    }))
  );
  await reader.close();
  const at = memory.map((rss) => rss.toFixed(0)).join(" ");
  console.log(
    `${workers} worker(s): ${films} films, ${failed} rejected, ${(1000 * films / took).toFixed(1)} films/s, ${
      ((processorMs() - before) / films).toFixed(0)
    } ms of CPU per film; memory after every 100 films, MB: ${at}`,
  );
}
await Deno.remove(folder, { recursive: true });
