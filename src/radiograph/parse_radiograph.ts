import type { Radiograph } from "../types.ts";
import { parseStored } from "./parse_stored.ts";
import { RadiographError } from "./guard/radiograph_error.ts";
import { filmGuard } from "./guard/time_guard.ts";
import { type FrameOptions, toRadiograph } from "./values/to_radiograph.ts";

/** Options of {@linkcode parseRadiograph}. */
export interface ParseOptions extends FrameOptions {
  /** Name used in error messages. @default {"the file"} */
  name?: string;
  /**
   * Processor time allowed for the film, ms.
   * @default 4 s, plus 2 s per million bytes of its file and 0.2 s per million pixels
   */
  timeLimitMs?: number;
}

/**
 * Reads a radiograph from the bytes of a DICOM, PNG, TIFF or JPEG file, in this thread and within a time limit.
 * {@linkcode readRadiograph} does the same for a file on disk, in a worker.
 *
 * @throws {RadiographError} with the file, the violated rule and a suggested fix.
 * @throws {RangeError} if there is no such `frame`.
 */
export async function parseRadiograph(
  bytes: Uint8Array,
  { name = "the file", frame, timeLimitMs }: ParseOptions = {},
): Promise<Radiograph> {
  const guard = filmGuard(bytes.length, timeLimitMs);
  try {
    const image = await parseStored(bytes, guard);
    return guard(() => toRadiograph(image, { frame }));
  } catch (error) {
    throw error instanceof RadiographError ? error.named(name) : error;
  }
}
