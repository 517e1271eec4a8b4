import { assert, assertEquals } from "@std/assert";
import type { LiveScore } from "../../../dashboards/live_score.ts";
import { hardCohort, liveScorer, loadModels } from "../../../src/mod.ts";
import { filmFiles } from "../../../src/phantom/files/film_files.ts";

/** A film's name and bytes. */
export type NamedFilm = readonly [name: string, bytes: Uint8Array];

type FilmScorer = (bytes: Uint8Array, name: string) => Promise<LiveScore>;

let ownScorer: Promise<FilmScorer> | undefined;

/** Scores a film as the command line does, on the CPU. The same array is scored only once. */
export function commandLineScorer(): Promise<FilmScorer> {
  return ownScorer ??= (async () => {
    const scorer = liveScorer(await loadModels(undefined, { device: "cpu" })) as FilmScorer;
    const known = new WeakMap<Uint8Array, Promise<LiveScore>>();
    return (bytes, name) => {
      const score = known.get(bytes) ?? scorer(bytes, name);
      known.set(bytes, score);
      return score;
    };
  })();
}

/**
 * Scores films as the command line does, in their order. Start it before the browser, so that it runs while the browser
 * starts and waits.
 */
export async function commandLineScores(films: readonly NamedFilm[]): Promise<LiveScore[]> {
  const own = await commandLineScorer(), scores: LiveScore[] = [];
  for (const [name, bytes] of films) scores.push(await own(bytes, name));
  return scores;
}

const made = new Map<string, Promise<NamedFilm>>();

/** The first `n` films of the hard cohort, every other one as DICOM. Each is rendered only once. */
export async function hardFilms(n: number, widthPx = 1024): Promise<NamedFilm[]> {
  const films: NamedFilm[] = [];
  for (let i = 0; i < n; i++) films.push(await hardFilm(i, widthPx));
  return films;
}

/** Film `i` of the hard cohort; one with an odd number is a DICOM. */
export function hardFilm(i: number, widthPx = 1024): Promise<NamedFilm> {
  const key = `${i} ${widthPx}`;
  const film = made.get(key) ?? (async (): Promise<NamedFilm> => {
    const plan = hardCohort(7, i + 1).patients[i], format = i % 2 ? "dicom" : "png";
    const { files } = await filmFiles(plan, { format, widthPx });
    return [`${plan.name}.${format}`, files[0].bytes];
  })();
  made.set(key, film);
  return film;
}

let real: Promise<NamedFilm[]> | undefined;

/** A real hip radiograph as DICOM and as PNG. If the files are missing, prints a message and returns no film. */
export function realFilms(): Promise<NamedFilm[]> {
  return real ??= readRealFilms();
}

async function readRealFilms(): Promise<NamedFilm[]> {
  const films: NamedFilm[] = [];
  for (const name of ["RG2_hip.dcm", "RG2_hip_16bit.png"]) {
    const bytes = await Deno.readFile(new URL(`../../../../shared/data/hip/${name}`, import.meta.url)).catch(
      () => null,
    );
    if (bytes) films.push([name, bytes]);
    else console.warn(`skipped: no ${name}`);
  }
  return films;
}

/**
 * Fails unless the tab found the same heads: centres within 0.5 px, distances within 1e-3; sides, quality codes,
 * domain, reference and error code equal.
 */
export function assertSameScore(tab: LiveScore, own: LiveScore, name: string): void {
  assertEquals(tab.error?.code, own.error?.code, name);
  assertEquals(tab.quality, own.quality, name);
  assertEquals(tab.reference, own.reference, name);
  assertEquals(tab.heads.map(({ side }) => side), own.heads.map(({ side }) => side), name);
  for (const [i, head] of own.heads.entries()) {
    const other = tab.heads[i];
    const apart = Math.hypot(other.centerPx[0] - head.centerPx[0], other.centerPx[1] - head.centerPx[1]);
    assert(apart <= 0.5, `${name}: centre ${apart} px apart`);
    const distance = Math.abs(other.distance - head.distance);
    assert(
      distance <= 1e-3,
      `${name}: distance ${other.distance} in the tab, ${head.distance} on the command line`,
    );
    assertEquals([other.outOfDomain, other.quality], [head.outOfDomain, head.quality], name);
  }
}
