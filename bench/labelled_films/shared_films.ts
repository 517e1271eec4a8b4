import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { readRealFilms } from "./read_real_films.ts";
import type { TestFilm, TrueHead } from "./test_film.ts";

/** Folder of test data next to the project. */
export const SHARED = new URL("../../../shared/data/", import.meta.url);

/**
 * Second heads that the edge of a film cuts, located by eye. They have no circle in films.json; reporting them is not
 * an error.
 */
const CUT_HEADS: Readonly<Record<string, readonly [x: number, y: number, radius: number]>> = {
  "f099.png": [15, 218, 26],
  "f100.png": [3, 135, 26],
  "f101.png": [15, 92, 26],
  "f112.png": [361, 176, 28],
  "f114.png": [344, 122, 27],
  "f115.png": [335, 153, 27],
};

function cutHead(name: string): TrueHead[] {
  if (!Object.hasOwn(CUT_HEADS, name)) return [];
  const [x, y, radiusPx] = CUT_HEADS[name];
  return [{ centerPx: [x, y], radiusPx, side: "unknown" }];
}

/**
 * Films of real people with circles around their femoral heads (FracAtlas, CC BY 4.0), for training or for evaluation.
 */
export async function sharedFilms(use: "train" | "measure"): Promise<TestFilm[]> {
  const films = await readRealFilms(new URL("films", SHARED).pathname);
  return films.filter((film) => film.use === use).map(({ name, group, heads }): TestFilm => ({
    name,
    group,
    heads: heads.map((head) => ({ ...head, side: "unknown" })),
    optional: cutHead(name),
    read: async () => await parseRadiograph(await Deno.readFile(new URL(`films/${name}`, SHARED)), { name }),
  }));
}
