import { FilmReader } from "./film_reader.ts";

let shared: FilmReader | undefined;

/** The reader used where a caller brings none: a worker a core, each started when it is needed, gone with the process. */
export function sharedReader(): FilmReader {
  return shared ??= new FilmReader({ workers: Math.min(4, navigator.hardwareConcurrency) });
}

/** Stops it; a test that counts what it leaves behind calls this at its end. */
export async function closeSharedReader(): Promise<void> {
  const reader = shared;
  shared = undefined;
  await reader?.close();
}
