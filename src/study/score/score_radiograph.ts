import { readRadiograph } from "../../radiograph/read_radiograph.ts";
import type { Models } from "../models/model_set.ts";
import { type FilmScore, scoreFilm } from "./score_film.ts";

/** Methods, one sentence per line: from a radiograph on disk to the deviation of its heads. */
export async function scoreRadiograph(path: string, models: Models): Promise<FilmScore> {
  return await scoreFilm(await readRadiograph(path), models);
}
