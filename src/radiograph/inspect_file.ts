import type { FilmReader } from "./film_reader.ts";
import type { InspectFailure, InspectRecord } from "./inspect_stored.ts";
import { sharedReader } from "./shared_reader.ts";

/**
 * The record that `caput inspect` prints for one file: header facts and a hash of the stored values. Files in colour or
 * with several frames are accepted.
 *
 * @returns the record, or the error as data.
 */
export function inspectFile(
  path: string,
  { reader = sharedReader() }: { reader?: FilmReader } = {},
): Promise<InspectRecord | InspectFailure> {
  return reader.inspect(path);
}
