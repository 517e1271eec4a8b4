import { ROOT } from "./launch_process.ts";
import type { Call } from "./verb.ts";

/** Programs that open an address in a browser. */
const OPENERS: Partial<Record<typeof Deno.build.os, string>> = { linux: "xdg-open", darwin: "open" };

/**
 * Opens an address or a file in a browser, or says why it could not. A separate process opens it, which may run only
 * the program that opens addresses; afterwards the calling process may not run programs at all.
 */
export function openBrowser(address: string, call: Call): void {
  const program = OPENERS[Deno.build.os];
  try {
    if (!program) throw new Error("Caput does not know how to open one on this system");
    new Deno.Command("deno", {
      args: [
        ...["run", "--quiet", "--no-prompt", "--no-check", "--config", `${ROOT}/deno.json`],
        ...[`--allow-run=${program}`, `${ROOT}/src/cli/open_address.ts`, program, address],
      ],
      ...{ stdin: "null", stdout: "null", stderr: "inherit" },
    }).spawn();
  } catch (error) {
    call.note(`Could not open a browser (${(error as Error).message}); please open the address yourself.`);
  }
  Deno.permissions.revokeSync({ name: "run" });
}
