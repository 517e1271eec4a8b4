import { FilmReader } from "./film_reader.ts";

let shared: FilmReader | undefined;

/** The default reader: one worker per core, at most 4, each started when first needed. They end with the process. */
export function sharedReader(): FilmReader {
  return shared ??= new FilmReader({ workers: Math.min(4, navigator.hardwareConcurrency) });
}

/** Stops the shared reader. Tests that check for leaked resources call this at their end. */
export async function closeSharedReader(): Promise<void> {
  const reader = shared;
  shared = undefined;
  await reader?.close();
}
