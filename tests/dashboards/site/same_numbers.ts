import { assert, assertEquals } from "@std/assert";
import type { LiveScore } from "../../../dashboards/live_score.ts";
import { hardCohort, liveScorer, loadModels } from "../../../src/mod.ts";
import { filmFiles } from "../../../src/phantom/film_files.ts";

/** Scores a film like the command line, on the CPU. */
export async function commandLineScorer(): Promise<(bytes: Uint8Array, name: string) => Promise<LiveScore>> {
  return liveScorer(await loadModels(undefined, { device: "cpu" })) as (
    bytes: Uint8Array,
    name: string,
  ) => Promise<LiveScore>;
}

/** The first films of the hard cohort, every other one as DICOM. */
export async function hardFilms(n: number, widthPx = 1024): Promise<(readonly [string, Uint8Array])[]> {
  const films: (readonly [string, Uint8Array])[] = [];
  for (const [i, plan] of hardCohort(7, n).patients.entries()) {
    const format = i % 2 ? "dicom" : "png";
    const { files } = await filmFiles(plan, { format, widthPx });
    films.push([`${plan.name}.${format}`, files[0].bytes]);
  }
  return films;
}

/** A real hip radiograph as DICOM and as PNG, or nothing (with a message) if they are not available. */
export async function realFilms(): Promise<(readonly [string, Uint8Array])[]> {
  const films: (readonly [string, Uint8Array])[] = [];
  for (const name of ["RG2_hip.dcm", "RG2_hip_16bit.png"]) {
    const bytes = await Deno.readFile(new URL(`../../../../shared/data/hip/${name}`, import.meta.url)).catch(
      () => null,
    );
    if (bytes) films.push([name, bytes]);
    else console.warn(`skipped: no ${name}`);
  }
  return films;
}

/** Fails unless the tab found the same heads: centres within 0.5 px, distances within 1e-3, all texts equal. */
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
