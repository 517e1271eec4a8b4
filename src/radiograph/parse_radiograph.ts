import type { Radiograph } from "../types.ts";
import { parseStored } from "./parse_stored.ts";
import { RadiographError } from "./guard/radiograph_error.ts";
import { timeGuard, timeLimitOf } from "./guard/time_guard.ts";
import { type FrameOptions, toRadiograph } from "./values/to_radiograph.ts";

/** What to call the bytes, and which frame is meant. */
export interface ParseOptions extends FrameOptions {
  /** Name for messages. @default {"the file"} */
  name?: string;
  /** Time the film may take. @default 4 s, and 2 s for every million bytes of its file */
  timeLimitMs?: number;
}

/**
 * Bytes of a DICOM, PNG, TIFF or JPEG file to a radiograph, in this thread and within a time limit;
 * {@linkcode readRadiograph} does the same in a worker.
 *
 * @throws {RadiographError} naming the file, the rule and what helps.
 */
export async function parseRadiograph(
  bytes: Uint8Array,
  { name = "the file", frame, timeLimitMs = timeLimitOf(bytes.length) }: ParseOptions = {},
): Promise<Radiograph> {
  const guard = timeGuard(timeLimitMs);
  try {
    const image = await parseStored(bytes, guard);
    return guard(() => toRadiograph(image, { frame }));
  } catch (error) {
    throw error instanceof RadiographError ? error.named(name) : error;
  }
}
