import type { FilmReader } from "./film_reader.ts";
import type { InspectFailure, InspectRecord } from "./inspect_stored.ts";
import { sharedReader } from "./shared_reader.ts";

/**
 * Header and stored values of one file, colour and several frames included: what `caput inspect` prints.
 *
 * @returns the record, or the error as data.
 */
export function inspectFile(
  path: string,
  { reader = sharedReader() }: { reader?: FilmReader } = {},
): Promise<InspectRecord | InspectFailure> {
  return reader.inspect(path);
}
