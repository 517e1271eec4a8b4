/**
 * Scoring in a site (`caput site`) opened in Chromium, with networks and runtime already stored by the browser.
 *
 * Without `--films`: seconds from the drop of a DICOM film of 2000 x 2500 pixels to its score, for the first film after
 * the page was opened and for the next. With `--films N`: scores a real hip and N films of the hard cohort and prints
 * the largest differences from the scores of the command line. Each film's result is written to a file at once
 * (default: dist/site_films_ENGINE.jsonl), so the same command continues after an interruption; results from other
 * networks, code or browsers are not used. With `--engine webgpu`, Chromium computes in software, which takes hours;
 * `--most N` scores only N films per call.
 *
 *     deno task bench bench/page/site.ts [--engine wasm|webgpu] [--films 40 [--most 5] [--results FILE]]
 */
import { parseArgs } from "node:util";
import { encodeFilm } from "./site_film.ts";
import { compareFilms } from "./site_differences.ts";
import { type OpenedSite, sampleSite, withSite } from "../../tests/dashboards/site/open_site.ts";
import { SOFTWARE_WEBGPU } from "../../tests/dashboards/open_browser.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    engine: { type: "string", default: "wasm" },
    films: { type: "string", default: "0" },
    most: { type: "string", default: "1000" },
    results: { type: "string" },
  },
});
const { engine } = values, films = wholeNumber("films"), most = wholeNumber("most");
if (engine !== "wasm" && engine !== "webgpu") {
  throw new Error(`--engine must be wasm or webgpu, got ${engine}`);
}
const results = values.results ?? `dist/site_films_${engine}.jsonl`;

let sameScores = true;
const site = await sampleSite();
console.log(`networks and runtime, download: ${(site.wireBytes[engine] / 1e6).toFixed(1)} MB`);
await withSite(async (opened) => {
  await choose(opened);
  console.log(
    `Chromium ${opened.page.context().browser()!.version()}, ${engine}, ${await opened.page.evaluate(() =>
      navigator.hardwareConcurrency
    )} cores`,
  );
  if (films === 0) await timeDrops(opened);
  else sameScores = await compareFilms(opened, { engine, folder: site.folder, films, most, results });
}, { args: engine === "webgpu" ? SOFTWARE_WEBGPU : undefined, scoreMs: 3_600_000 });
Deno.exit(sameScores ? 0 : 1);

function wholeNumber(name: "films" | "most"): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`--${name} must be a whole number from 0, got ${values[name]}`);
  }
  return value;
}

async function choose({ page }: OpenedSite): Promise<void> {
  await page.selectOption("#engine", engine);
  await page.waitForSelector(".engine[data-kept]", { timeout: 300_000 });
}

async function timeDrops(opened: OpenedSite): Promise<void> {
  const { page, score } = opened, large = await encodeFilm();
  console.log(`film: 2000 x 2500 DICOM, ${(large.length / 1e6).toFixed(1)} MB`);
  const first = "first score after the page was opened";
  for (const words of [first, `${first}, again`, "next film"]) {
    if (words !== "next film") {
      await page.reload();
      await page.waitForSelector("#film", { state: "attached" });
      await choose(opened);
    }
    const start = performance.now(), [{ heads }] = await score([["film.dcm", large]]);
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    console.log(`${words}: ${seconds} s (with the transfer of the file to Chromium), ${heads.length} heads`);
  }
}
