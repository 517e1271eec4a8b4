import { assertEquals } from "@std/assert";
import type { Prng } from "../../src/array/seeded_prng.ts";
import { hashOutputs } from "../../src/study/folder/study_record.ts";
import { caputCommand, runCaput } from "./run_caput.ts";

/** Every final file of a study by hash, its record included. */
export async function finalFiles(study: string): Promise<Record<string, string>> {
  return { ...await hashOutputs(study), "study.json": await Deno.readTextFile(`${study}/study.json`) };
}

/** A study to be killed again and again. */
export interface KillOptions {
  /** Folder the command is given in. */
  folder: string;
  /** Arguments of `caput run` but for `--out`. */
  words: readonly string[];
  /** Files of an undisturbed run. */
  expected: Readonly<Record<string, string>>;
  /** Milliseconds an undisturbed run takes: kills fall anywhere within. */
  wholeMs: number;
  prng: Prng;
}

/**
 * Kills a fresh run with SIGKILL at a random moment, runs it again to its end, and asserts that every final file is the same
 * to the byte as that of an undisturbed run. Answers the moment.
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
