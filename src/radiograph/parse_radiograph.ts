import type { Radiograph } from "../types.ts";
import { parseStored } from "./parse_stored.ts";
import { RadiographError } from "./guard/radiograph_error.ts";
import { filmGuard } from "./guard/time_guard.ts";
import { type FrameOptions, toRadiograph } from "./values/to_radiograph.ts";

/** What to call the bytes, and which frame is meant. */
export interface ParseOptions extends FrameOptions {
  /** Name for messages. @default {"the file"} */
  name?: string;
  /** Processor time the film may take. @default 4 s, and 2 s for every million bytes of its file and 0.2 s for every million pixels */
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
