/**
 * A site in Chromium, models and runtime kept by the browser. Without `--films`: the time from the drop of a DICOM film
 * of 2000 x 2500 to its score, the first of a freshly opened page and the next. With `--films N`: a real hip and N
 * films of the hard cohort, and the largest difference of their numbers from the command line's. Each film's result is
 * kept in a file as soon as it is there, so that the same command goes on after an interruption; results of other
 * networks, code or browsers do not count. On WebGPU Chromium computes in software here: give it an evening, or a few
 * films at a time with `--most N`.
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

let alike = true;
const site = await sampleSite();
console.log(`networks and runtime over the wire: ${(site.wireBytes[engine] / 1e6).toFixed(1)} MB`);
await withSite(async (opened) => {
  await choose(opened);
  console.log(
    `Chromium ${opened.page.context().browser()!.version()}, ${engine}, ${await opened.page.evaluate(() =>
      navigator.hardwareConcurrency
    )} cores`,
  );
  if (films === 0) await timeDrops(opened);
  else alike = await compareFilms(opened, { engine, folder: site.folder, films, most, results });
}, { args: engine === "webgpu" ? SOFTWARE_WEBGPU : undefined, scoreMs: 3_600_000 });
Deno.exit(alike ? 0 : 1);

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
    console.log(`${words}: ${seconds} s, ${heads.length} heads, handing the file to Chromium included`);
  }
}
