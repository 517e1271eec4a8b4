import { writeAtomic } from "../../files/write_atomic.ts";
import type { OpenPlan } from "./cluster_plan.ts";
import { type EngineScriptOptions, engineScripts } from "./engine_scripts.ts";

/**
 * Writes the scripts of {@linkcode engineScripts} to the folder of the plan.
 *
 * @returns the paths of the scripts by file name.
 * @throws {InputError} as {@linkcode engineScripts}.
 */
export async function writeEngineScripts(
  open: OpenPlan,
  options: EngineScriptOptions,
): Promise<Record<string, string>> {
  const paths: Record<string, string> = {};
  for (const [name, text] of Object.entries(engineScripts(open, options))) {
    paths[name] = `${open.folder}/${name}`;
    await writeAtomic(paths[name], text, { mode: 0o755 });
  }
  return paths;
}
