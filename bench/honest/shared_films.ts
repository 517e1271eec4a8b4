import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import type { TestFilm } from "./test_film.ts";

/** Test data beside the project. */
export const SHARED = new URL("../../../shared/data/", import.meta.url);

interface FilmEntry {
  group: string;
  use: "train" | "measure";
  heads: { centerPx: [number, number]; radiusPx: number }[];
}

/** Films of real people with circles round their heads (FracAtlas, CC BY 4.0): those to learn from, or those to measure on. */
export async function sharedFilms(use: "train" | "measure"): Promise<TestFilm[]> {
  const { films } = JSON.parse(await Deno.readTextFile(new URL("films/films.json", SHARED)));
  return Object.entries(films as Record<string, FilmEntry>).filter(([, film]) => film.use === use)
    .map(([name, { group, heads }]): TestFilm => ({
      name,
      group,
      heads: heads.map((head) => ({ ...head, side: "unknown" })),
      read: async () =>
        await parseRadiograph(await Deno.readFile(new URL(`films/${name}`, SHARED)), { name }),
    }));
}
