import type { Radiograph } from "../types.ts";
import { type InspectRecord, inspectStored } from "./inspect_stored.ts";
import { parseStored } from "./parse_stored.ts";
import { RadiographError, type RadiographErrorCode } from "./guard/radiograph_error.ts";
import type { FilmFacts } from "./stored/stored_image.ts";
import { filmGuard } from "./guard/time_guard.ts";
import { FrameError, toRadiograph } from "./values/to_radiograph.ts";

/** What a worker should do with a file. */
export interface JobOptions {
  readonly kind: "radiograph" | "inspect";
  /** Name of the file, for the inspect record and for error messages. */
  readonly file: string;
  /** Index of the frame, from 0. Not used by `inspect`. */
  readonly frame?: number;
  /** Processor time allowed for the film, ms. @default depends on its bytes and pixels, see {@linkcode filmGuard} */
  readonly timeLimitMs?: number;
}

/** A job with its file's bytes, in shared memory. */
export interface DecodeJob extends JobOptions {
  readonly id: number;
  readonly bytes: SharedArrayBuffer;
  /** Length of the file, if the memory is longer. @default the whole memory */
  readonly byteLength?: number;
}

/**
 * A radiograph with the technical facts from its header. If it comes from a worker, its pixels are in shared memory.
 */
export interface ReadFilm {
  /** The radiograph. */
  readonly radiograph: Radiograph;
  /** Technical facts of the file. */
  readonly facts: FilmFacts;
}

/** A worker's answer: the film, the inspect record, or the error. */
export type DecodeAnswer =
  | { readonly id: number; readonly film: ReadFilm }
  | { readonly id: number; readonly record: InspectRecord }
  | { readonly id: number; readonly error: { code: RadiographErrorCode; message: string; fix: string } };

/** Runs one job. Errors are returned as an answer, not thrown. */
export async function decodeJob(
  { id, kind, bytes, byteLength, file, frame, timeLimitMs }: DecodeJob,
): Promise<DecodeAnswer> {
  const guard = filmGuard(byteLength ?? bytes.byteLength, timeLimitMs);
  try {
    const image = await parseStored(new Uint8Array(bytes, 0, byteLength).slice(), guard);
    if (kind === "inspect") return { id, record: guard(() => inspectStored(image, file)) };
    const radiograph = guard(() => toRadiograph(image, { frame, shared: true }));
    return { id, film: { radiograph, facts: image.facts } };
  } catch (error) {
    if (error instanceof RadiographError) {
      return { id, error: { code: error.code, message: error.message, fix: error.fix } };
    }
    if (error instanceof FrameError) {
      const fix = "Choose a frame that the file has; the first one has index 0.";
      return { id, error: { code: "multi-frame", message: error.message, fix } };
    }
    const message = "Cannot read the file: the reader stopped with an unexpected error";
    return { id, error: { code: "corrupt", message, fix: "Copy or export the file again." } };
  }
}
