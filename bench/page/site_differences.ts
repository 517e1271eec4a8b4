import { dirname } from "node:path";
import { type Engine, filesFor, type SiteNote } from "../../dashboards/site/site_note.ts";
import type { OpenedSite } from "../../tests/dashboards/site/open_site.ts";
import {
  assertSameScore,
  commandLineScorer,
  hardFilm,
  type NamedFilm,
  realFilms,
} from "../../tests/dashboards/site/same_numbers.ts";

/** Names of the engines' devices in a score. */
const DEVICES: Record<Engine, string> = { wasm: "cpu", webgpu: "webgpu" };

/** One film's result, a line of the results file. */
interface FilmResult {
  /**
   * Hash of everything that the scores depend on: the site's networks, worker and runtime, the browser, the film's
   * bytes.
   */
  readonly key: string;
  readonly film: string;
  readonly heads: number;
  /** Largest distance between the two centres of a head (browser and command line), px of the film. */
  readonly centrePx: number;
  /** Largest difference between the two distances of a head from healthy. */
  readonly distance: number;
  readonly seconds: number;
  /** What differs by more than the tolerance, or null. */
  readonly failed: string | null;
}

/** Options of {@linkcode compareFilms}. */
interface CompareOptions {
  readonly engine: Engine;
  /** Folder of the site that is open. */
  readonly folder: string;
  /** Number of films of the hard cohort, which follow the real ones. */
  readonly films: number;
  /** Largest number of films that are scored in this call. */
  readonly most: number;
  /** File that results are read from and appended to. */
  readonly results: string;
}

/**
 * Scores, in the browser tab, the films that have no line in the results file yet, and appends a line for each. Prints
 * the largest differences from the command line's scores over all films.
 *
 * @returns whether the scores of all films so far equal those of the command line within the tolerance
 */
export async function compareFilms(
  { page, score }: Pick<OpenedSite, "page" | "score">,
  { engine, folder, films, most, results }: CompareOptions,
): Promise<boolean> {
  const site = await siteHashes(folder, engine), browser = page.context().browser()!.version();
  const stored = await readResults(results), found: FilmResult[] = [];
  const real = await realFilms();
  let scored = 0, left = 0;
  for (let i = 0; i < real.length + films; i++) {
    const film = i < real.length ? real[i] : await hardFilm(i - real.length);
    const key = await sha256(new TextEncoder().encode([site, browser, await sha256(film[1])].join(" ")));
    const known = stored.get(key);
    if (known) found.push(known);
    else if (scored === most) left++;
    else {
      const result = { key, ...await compare(film, { engine, score }) };
      await Deno.writeTextFile(results, `${JSON.stringify(result)}\n`, { append: true });
      found.push(result);
      scored++;
      console.log(inWords(result));
    }
  }
  const failed = found.filter((result) => result.failed !== null);
  for (const { film, failed: why } of failed) console.log(`DIFFERENT: ${film}: ${why}`);
  const heads = found.reduce((sum, result) => sum + result.heads, 0);
  const worst = (name: "centrePx" | "distance") => Math.max(0, ...found.map((result) => result[name]));
  console.log(
    `${engine}: ${found.length} films (${scored} of them now${
      left ? `, ${left} to go` : ""
    }), ${heads} heads, ${
      failed.length === 0 ? "all" : `${found.length - failed.length} films`
    } equal to the command line's scores within the tolerance: centres at most ${
      worst("centrePx").toExponential(1)
    } px apart, distances ${worst("distance").toExponential(1)}`,
  );
  return failed.length === 0;
}

async function compare(
  [film, bytes]: NamedFilm,
  { engine, score }: { engine: Engine; score: OpenedSite["score"] },
): Promise<Omit<FilmResult, "key">> {
  const start = performance.now(), [tab] = await score([[film, bytes]]);
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  const own = await (await commandLineScorer())(bytes, film);
  let centrePx = 0, distance = 0, failed: string | null = null;
  for (const [i, head] of own.heads.entries()) {
    const other = tab?.heads[i];
    if (!other) continue; // `assertSameScore` reports it below
    const [x, y] = other.centerPx;
    centrePx = Math.max(centrePx, Math.hypot(x - head.centerPx[0], y - head.centerPx[1]));
    distance = Math.max(distance, Math.abs(other.distance - head.distance));
  }
  try {
    if (!tab) throw new Error("the browser tab returned no score");
    if (!tab.error && tab.device !== DEVICES[engine]) {
      throw new Error(`scored on ${tab.device}, not on ${engine}`);
    }
    assertSameScore(tab, own, film);
  } catch (error) {
    failed = (error as Error).message;
  }
  return { film, heads: own.heads.length, centrePx, distance, seconds, failed };
}

function inWords({ film, heads, centrePx, distance, seconds, failed }: FilmResult): string {
  const apart = `centres ${centrePx.toExponential(1)} px, distances ${distance.toExponential(1)}`;
  return `${film}: ${heads} heads, ${seconds} s, ${failed === null ? apart : "DIFFERENT"}`;
}

/**
 * Reads the results, by key. Left out are lines cut short by an interruption and films that differed, which are scored
 * again.
 */
async function readResults(path: string): Promise<Map<string, FilmResult>> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  });
  if (text !== "" && !text.endsWith("\n")) await Deno.writeTextFile(path, "\n", { append: true });
  const stored = new Map<string, FilmResult>();
  for (const line of text.split("\n")) {
    try {
      const result = JSON.parse(line) as FilmResult;
      if (result.failed === null) stored.set(result.key, result);
      else stored.delete(result.key);
    } catch { /* a line cut short */ }
  }
  return stored;
}

/** Hashes of all files that the browser needs for a score, from the site's page. */
async function siteHashes(folder: string, engine: Engine): Promise<string> {
  const html = await Deno.readTextFile(`${folder}/index.html`);
  const note = JSON.parse(/id="data">(.*?)<\/script>/.exec(html)![1]) as SiteNote;
  return filesFor(engine, note).map((name) => note.assets[name].sha256).join(" ");
}

async function sha256(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toHex();
}
