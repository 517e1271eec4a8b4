import { readRadiograph } from "../../radiograph/read_radiograph.ts";
import type { Models } from "../models/model_set.ts";
import { type FilmScore, scoreFilm } from "./score_film.ts";

/**
 * Reads a radiograph from disk and scores its heads.
 *
 * @throws {RadiographError} if the file cannot be read as a radiograph.
 */
export async function scoreRadiograph(path: string, models: Models): Promise<FilmScore> {
  return await scoreFilm(await readRadiograph(path), models);
}
