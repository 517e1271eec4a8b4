import { EXIT } from "./call/exit_code.ts";
import { runCommand } from "./run_command.ts";
import { unneededPermissions } from "./unneeded_permissions.ts";
import { VERBS } from "./verbs.ts";

/** The first Ctrl-C stops cleanly; a second one exits at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) Deno.exit(EXIT.interrupted);
    controller.abort(new DOMException("Interrupted; finished work is kept", "AbortError"));
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

for (const name of unneededPermissions(Deno.args)) Deno.permissions.revokeSync({ name });
const code = await runCommand(Deno.args, {
  verbs: VERBS,
  folder: Deno.env.get("INIT_CWD") ?? Deno.cwd(),
  stdout: (text) => writeAll(Deno.stdout, text),
  stderr: (text) => writeAll(Deno.stderr, text),
  terminal: Deno.stderr.isTerminal(),
  columns: columns(),
  signal: interruptSignal(),
});
Deno.exit(code);
