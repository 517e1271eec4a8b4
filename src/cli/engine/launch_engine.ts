import { launchProcess, plainPath } from "../call/launch_process.ts";
import type { Call } from "../call/verb.ts";

/**
 * Starts an engine's script and follows it in a separate process that may run that script (and `squeue` for Slurm) and
 * read the plan's folder; it has no network access and writes nothing. Programs started by the script (Slurm, GNU
 * parallel) have the caller's rights.
 *
 * @returns exit code of that process
 */
export async function launchEngine(
  call: Call,
  { engine, script, folder }: { engine: string; script: string; folder: string },
): Promise<number> {
  return await launchProcess(call, {
    entry: "engine_main.ts",
    words: ["follow", "--engine", engine, "--plan", `${folder}/plan.json`, ...call.quiet ? ["--quiet"] : []],
    reads: [folder],
    env: ["INIT_CWD", "NO_COLOR"],
    rights: [`--allow-run=${plainPath(script)}${engine === "slurm" ? ",squeue" : ""}`],
  });
}
