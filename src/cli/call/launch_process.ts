import type { Call } from "./verb.ts";

/** Folder of the program. */
export const ROOT = new URL("../../../", import.meta.url).pathname.replace(/\/$/, "");

/** A separate process and its permissions. */
export interface LaunchOptions {
  /** Entry file in `src/cli`. */
  readonly entry: string;
  /** Its command line: the verb, options and arguments. */
  readonly words: readonly string[];
  /** Paths that the process may read in addition to the program's own folder. */
  readonly reads: readonly string[];
  /** Names of the environment variables that the process may read. */
  readonly env: readonly string[];
  /** Its other permissions, as Deno flags. @default {[]} */
  readonly rights?: readonly string[];
  /** Whether the process may prompt on the terminal. @default {false} */
  readonly asks?: boolean;
}

/**
 * Runs a `caput` command in a separate process that has only the given permissions and may read the program's own folder. The
 * process that read the command line does not need these permissions. Interrupts are passed on.
 *
 * @returns exit code of that process
 */
export async function launchProcess(
  call: Call,
  { entry, words, reads, env, rights = [], asks = false }: LaunchOptions,
): Promise<number> {
  const child = new Deno.Command("deno", {
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-check", "--config", `${ROOT}/deno.json`],
      ...rights,
      `--allow-read=${[ROOT, ...reads].map(plainPath).join(",")}`,
      `--allow-env=${env.join(",")}`,
      `${ROOT}/src/cli/${entry}`,
      ...words,
    ],
    stdin: asks ? "inherit" : "null",
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

/** Escapes a path for Deno's permission lists: commas separate paths there, so a comma in a path is doubled. */
export function plainPath(path: string): string {
  return path.replaceAll(",", ",,");
}
