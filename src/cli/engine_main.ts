/** Entry of the process that follows an engine: the only one that may start Slurm or GNU parallel. */
import { EXIT } from "./call/exit_code.ts";
import { runCommand } from "./run_command.ts";
import { follow } from "./engine/follow.ts";

const controller = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => {
    if (controller.signal.aborted) Deno.exit(EXIT.interrupted);
    controller.abort(new DOMException("Interrupted; finished shards are kept", "AbortError"));
  });
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}

const terminal = Deno.stderr.isTerminal();
const code = await runCommand(Deno.args, {
  verbs: [follow],
  folder: Deno.env.get("INIT_CWD") ?? Deno.cwd(),
  stdout: (text) => writeAll(Deno.stdout, text),
  stderr: (text) => writeAll(Deno.stderr, text),
  terminal,
  columns: terminal ? Deno.consoleSize().columns : 80,
  signal: controller.signal,
});
Deno.exit(code);
