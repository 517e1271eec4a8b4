import type { Radiograph } from "../types.ts";
import { type InspectRecord, inspectStored } from "./inspect_stored.ts";
import { parseStored } from "./parse_stored.ts";
import { RadiographError, type RadiographErrorCode } from "./radiograph_error.ts";
import type { FilmFacts } from "./stored_image.ts";
import { toRadiograph } from "./to_radiograph.ts";

/** What a worker is asked to do. */
export interface JobOptions {
  readonly kind: "radiograph" | "inspect";
  /** Name of the file, for the record. */
  readonly file: string;
  readonly frame?: number;
}

/** A job with its file's bytes, in shared memory. */
export interface DecodeJob extends JobOptions {
  readonly id: number;
  readonly bytes: SharedArrayBuffer;
}

/** A radiograph together with what its header says of the film. */
export interface ReadFilm {
  readonly radiograph: Radiograph;
  readonly facts: FilmFacts;
}

/** The same with its large parts in shared memory. */
export interface SharedFilm {
  readonly radiograph: Omit<Radiograph, "pixels" | "padding">;
  readonly facts: FilmFacts;
  readonly pixels: SharedArrayBuffer;
  readonly padding: SharedArrayBuffer | null;
}

/** What comes back. */
export type DecodeAnswer =
  | { readonly id: number; readonly film: SharedFilm }
  | { readonly id: number; readonly record: InspectRecord }
  | { readonly id: number; readonly error: { code: RadiographErrorCode; message: string; fix: string } };

/** Does one job; whatever goes wrong becomes an answer. */
export async function decodeJob({ id, kind, bytes, file, frame }: DecodeJob): Promise<DecodeAnswer> {
  try {
    const image = await parseStored(new Uint8Array(bytes).slice());
    if (kind === "inspect") return { id, record: inspectStored(image, file) };
    const { pixels, padding, ...radiograph } = toRadiograph(image, { frame });
    return { id, film: { radiograph, facts: image.facts, pixels: share(pixels)!, padding: share(padding) } };
  } catch (error) {
    if (error instanceof RadiographError) {
      return { id, error: { code: error.code, message: error.message, fix: error.fix } };
    }
    const message = error instanceof RangeError ? error.message : "Cannot read the file: the reader failed";
    return { id, error: { code: "corrupt", message, fix: "Copy or export the file again." } };
  }
}

function share(values: Float32Array | Uint8Array | null): SharedArrayBuffer | null {
  if (values === null) return null;
  const shared = new SharedArrayBuffer(values.byteLength);
  new Uint8Array(shared).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return shared;
}
