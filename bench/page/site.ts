/**
 * A site in Chromium on WebAssembly, with models and runtime cached by the browser: time from dropping a DICOM film of 2000 x 2500 to
 * its score, for the first film on a new page and the next one; then films of the hard cohort and a real hip, with their largest
 * difference from the command line's results.
 *
 *     deno task bench bench/page/site.ts [--films 40] [--webgpu]
 */
import { encodeFilm } from "./site_film.ts";
import {
  assertSameScore,
  commandLineScorer,
  hardFilms,
  realFilms,
} from "../../tests/dashboards/site/same_numbers.ts";
import { sampleSite, withSite } from "../../tests/dashboards/site/open_site.ts";
import { SOFTWARE_WEBGPU } from "../../tests/dashboards/open_browser.ts";

const at = Deno.args.indexOf("--films"), films = at < 0 ? 0 : Number(Deno.args[at + 1]);
const webgpu = Deno.args.includes("--webgpu"), engine = webgpu ? "webgpu" : "wasm";
const { wireBytes } = await sampleSite();
console.log(`networks and runtime over the wire: ${(wireBytes[engine] / 1e6).toFixed(1)} MB`);

await withSite(async ({ page, score }) => {
  await page.selectOption("#engine", engine);
  await page.waitForSelector(".engine[data-kept]", { timeout: 300_000 });
  const large = await encodeFilm();
  console.log(
    `film: 2000 x 2500 DICOM, ${(large.length / 1e6).toFixed(1)} MB; Chromium ${
      page.context().browser()!.version()
    }, ${await page.evaluate(() => navigator.hardwareConcurrency)} cores`,
  );
  for (
    const words of [
      "first score after the page was opened",
      "first score after the page was opened, again",
      "next film",
    ]
  ) {
    if (!words.startsWith("next")) {
      await page.reload();
      await page.waitForSelector("#film", { state: "attached" });
      await page.selectOption("#engine", engine);
      await page.waitForSelector(".engine[data-kept]", { timeout: 300_000 });
    }
    const start = performance.now();
    const [{ heads }] = await score([["film.dcm", large]]);
    console.log(
      `${words}: ${
        ((performance.now() - start) / 1000).toFixed(2)
      } s, ${heads.length} heads, handing the file to Chromium included`,
    );
  }
  if (films === 0) return;
  const own = await commandLineScorer();
  let heads = 0, centre = 0, distance = 0;
  for (const [name, bytes] of [...await realFilms(), ...await hardFilms(films)]) {
    const [tab] = await score([[name, bytes]]), here = await own(bytes, name);
    assertSameScore(tab, here, name);
    for (const [i, head] of here.heads.entries()) {
      heads++;
      const [x, y] = tab.heads[i].centerPx;
      centre = Math.max(centre, Math.hypot(x - head.centerPx[0], y - head.centerPx[1]));
      distance = Math.max(distance, Math.abs(tab.heads[i].distance - head.distance));
    }
  }
  console.log(
    `${films} hard films and the real hip, ${heads} heads: centres at most ${
      centre.toExponential(1)
    } px apart, distances ${distance.toExponential(1)}`,
  );
}, { args: webgpu ? SOFTWARE_WEBGPU : undefined, scoreMs: 600_000 });
Deno.exit(0);
