import { FilmReader } from "./film_reader.ts";

let shared: FilmReader | undefined;

/** The reader used where a caller brings none: one worker, started at the first film, gone with the process. */
export function sharedReader(): FilmReader {
  return shared ??= new FilmReader();
}

/** Stops it; a test that counts what it leaves behind calls this at its end. */
export async function closeSharedReader(): Promise<void> {
  const reader = shared;
  shared = undefined;
  await reader?.close();
}
