import type { Radiograph } from "../types.ts";
import type { FilmReader } from "./film_reader.ts";
import { sharedReader } from "./shared_reader.ts";
import type { FrameOptions } from "./values/to_radiograph.ts";

/** Options of {@linkcode readRadiograph}. */
export interface ReadOptions extends FrameOptions {
  /** A reader with its own workers and time limit. @default {undefined}, which uses shared workers */
  reader?: FilmReader;
}

/**
 * Reads one film from disk. Its format (DICOM, PNG, TIFF or JPEG) is detected from the first bytes, and it is decoded
 * in a worker with limited time and memory. Values are those after the modality transform, with bone bright; display
 * windows are not applied (see {@linkcode toRadiograph}).
 *
 * @throws {RadiographError} with the file, the violated rule and a suggested fix.
 */
export async function readRadiograph(
  path: string,
  { frame, reader = sharedReader() }: ReadOptions = {},
): Promise<Radiograph> {
  return (await reader.read(path, { frame })).radiograph;
}
