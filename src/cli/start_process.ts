import { EXIT } from "./call/exit_code.ts";
import type { Verb } from "./call/verb.ts";
import { runCommand } from "./run_command.ts";

/** The first Ctrl-C stops cleanly; a second one exits at once. */
function interruptSignal(kept: string): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) Deno.exit(EXIT.interrupted);
    controller.abort(new DOMException(`Interrupted; ${kept}`, "AbortError"));
  };
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop);
  return controller.signal;
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}

function columns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}

/**
 * Runs this process as one call of `caput`, and exits with its code.
 *
 * @param verbs verbs that this process accepts
 * @param kept end of the message after an interrupt, such as "finished work is kept"
 */
export async function startProcess(verbs: readonly Verb[], { kept }: { kept: string }): Promise<never> {
  const code = await runCommand(Deno.args, {
    verbs,
    folder: Deno.env.get("INIT_CWD") ?? Deno.cwd(),
    stdout: (text) => writeAll(Deno.stdout, text),
    stderr: (text) => writeAll(Deno.stderr, text),
    terminal: Deno.stderr.isTerminal(),
    columns: columns(),
    signal: interruptSignal(kept),
  });
  Deno.exit(code);
}
