import type { Call } from "../call/verb.ts";

const ROOT = new URL("../../../", import.meta.url).pathname.replace(/\/$/, "");

/**
 * Starts an engine's script and follows it, in a process of its own that may run that script and `squeue`, read the plan's folder, and
 * nothing else; it has no network and writes nothing. What the script starts (Slurm, GNU parallel) has the caller's own rights.
 *
 * @returns exit code of that process
 */
export async function launchEngine(
  call: Call,
  { engine, script, folder }: { engine: string; script: string; folder: string },
): Promise<number> {
  const child = new Deno.Command("deno", {
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-check", "--config", `${ROOT}/deno.json`],
      `--allow-read=${[ROOT, folder].map(plain).join(",")}`,
      `--allow-run=${plain(script)}${engine === "slurm" ? ",squeue" : ""}`,
      "--allow-env=INIT_CWD,NO_COLOR",
      `${ROOT}/src/cli/engine_main.ts`,
      ...["follow", "--engine", engine, "--plan", `${folder}/plan.json`, ...call.quiet ? ["--quiet"] : []],
    ],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const stop = () => child.kill("SIGTERM");
  call.signal.addEventListener("abort", stop, { once: true });
  try {
    return (await child.status).code;
  } finally {
    call.signal.removeEventListener("abort", stop);
  }
}

/** A comma would end the path in Deno's lists; it doubles there. */
function plain(path: string): string {
  return path.replaceAll(",", ",,");
}
