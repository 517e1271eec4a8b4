import type { Radiograph } from "../types.ts";
import { parseStored } from "./parse_stored.ts";
import { RadiographError } from "./radiograph_error.ts";
import { type FrameOptions, toRadiograph } from "./to_radiograph.ts";

/** What to call the bytes, and which frame is meant. */
export interface ParseOptions extends FrameOptions {
  /** Name for messages. @default {"the file"} */
  name?: string;
}

/**
 * Bytes of a DICOM, PNG, TIFF or JPEG file to a radiograph, in this thread and without a time limit; for files of
 * unknown origin prefer {@linkcode readRadiograph}, which decodes in a worker.
 *
 * @throws {RadiographError} naming the file, the rule and what helps.
 */
export async function parseRadiograph(
  bytes: Uint8Array,
  { name = "the file", frame }: ParseOptions = {},
): Promise<Radiograph> {
  try {
    return toRadiograph(await parseStored(bytes), { frame });
  } catch (error) {
    throw error instanceof RadiographError ? error.named(name) : error;
  }
}
