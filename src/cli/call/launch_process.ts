import type { Call } from "./verb.ts";

/** Folder of the program. */
const ROOT = new URL("../../../", import.meta.url).pathname.replace(/\/$/, "");

/** What a process of its own is, and what it may do. */
export interface LaunchOptions {
  /** File of `src/cli` that it starts with. */
  readonly entry: string;
  /** Its command line: a verb, and that verb's words. */
  readonly words: readonly string[];
  /** Paths it may read beside the program's own folder. */
  readonly reads: readonly string[];
  /** Names of the environment's variables it may see. */
  readonly env: readonly string[];
  /** Its other rights, as Deno's flags. @default {[]} */
  readonly rights?: readonly string[];
  /** Whether it may ask on the terminal. @default {false} */
  readonly asks?: boolean;
}

/**
 * Runs words of `caput` in a process of its own, which has the rights named and no others: the process that read the command line need not
 * have them. An interruption is passed on.
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

/** A path as Deno's lists of rights take it: a comma would end it, and is written twice. */
export function plainPath(path: string): string {
  return path.replaceAll(",", ",,");
}
