import { assertEquals } from "@std/assert";
import type { Prng } from "../../src/array/seeded_prng.ts";
import { hashOutputs } from "../../src/study/folder/study_record.ts";
import { caputCommand, runCaput } from "./run_caput.ts";

/** Hashes of all final files of a study, including its record. */
export async function finalFiles(study: string): Promise<Record<string, string>> {
  return { ...await hashOutputs(study), "study.json": await Deno.readTextFile(`${study}/study.json`) };
}

/** Options of {@linkcode killAndRerun}. */
export interface KillOptions {
  /** Working folder of the command. */
  folder: string;
  /** Arguments of `caput run` except `--out`. */
  words: readonly string[];
  /** Files of an uninterrupted run. */
  expected: Readonly<Record<string, string>>;
  /** Duration of an uninterrupted run, ms; runs are killed at any time within it. */
  wholeMs: number;
  prng: Prng;
}

/**
 * Kills a new run with SIGKILL at a random time, runs it again to its end, and asserts that all final files are
 * identical to those of an uninterrupted run. Returns the time at which it was to be killed, and
 * whether it had finished before.
 */
export async function killAndRerun(
  name: string,
  { folder, words, expected, wholeMs, prng }: KillOptions,
): Promise<{ killedAtMs: number; finished: boolean }> {
  const study = `${folder}/${name}`, command = [...words, "--out", name, "--quiet"];
  const child = caputCommand(command, folder).spawn();
  const killedAtMs = Math.round(prng() * wholeMs);
  let finished = false;
  const timer = setTimeout(() => child.kill("SIGKILL"), killedAtMs);
  const { success } = await child.output();
  clearTimeout(timer);
  finished = success;
  const again = await runCaput(command, folder);
  assertEquals(again.code, 0, `${name}, killed at ${killedAtMs} ms: ${again.err}`);
  assertEquals(await finalFiles(study), expected, `${name}, killed at ${killedAtMs} ms`);
  await Deno.remove(study, { recursive: true });
  return { killedAtMs, finished };
}
