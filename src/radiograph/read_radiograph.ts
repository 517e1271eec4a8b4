import type { Radiograph } from "../types.ts";
import type { FilmReader } from "./film_reader.ts";
import { sharedReader } from "./shared_reader.ts";
import type { FrameOptions } from "./values/to_radiograph.ts";

/** Which frame, and who reads. */
export interface ReadOptions extends FrameOptions {
  /** Reader with workers and a time limit of its own. @default {undefined}, shared workers */
  reader?: FilmReader;
}

/**
 * Reads one film from disk: DICOM, PNG, TIFF or JPEG, told by its first bytes, decoded in a worker under limits of
 * time and memory. Values are those after the modality transform, bone bright; display windows are not applied
 * (see {@linkcode toRadiograph}).
 *
 * @throws {RadiographError} naming the file, the rule and what helps.
 */
export async function readRadiograph(
  path: string,
  { frame, reader = sharedReader() }: ReadOptions = {},
): Promise<Radiograph> {
  return (await reader.read(path, { frame })).radiograph;
}
