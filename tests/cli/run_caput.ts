const ROOT = new URL("../../", import.meta.url);
const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));

/** The exact command of the task `caput`, with its limited permissions. */
export const CAPUT_ARGS: readonly string[] = tasks.caput.command.split(" ").slice(1);

/** Output and exit code of a command. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON, one value per line. */
  // deno-lint-ignore no-explicit-any
  readonly lines: any[];
}

/** A command that runs like from a user's shell in `folder`. */
export function caputCommand(
  words: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [...CAPUT_ARGS, ...words],
    cwd: ROOT,
    env: { INIT_CWD: folder, NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
    stdin: "null",
  });
}

/** Runs `caput WORDS` from `folder`. */
export async function runCaput(words: readonly string[], folder: string): Promise<Said> {
  const { code, stdout, stderr } = await caputCommand(words, folder).output();
  const out = new TextDecoder().decode(stdout), err = new TextDecoder().decode(stderr);
  const lines = out.split("\n").filter((line) => line.startsWith("{") || line.startsWith("["));
  return { code, out, err, lines: lines.map((line) => JSON.parse(line)) };
}
