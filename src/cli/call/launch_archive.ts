import { archiveHost, archiveUrl, CREDENTIAL_NAMES } from "./archive_options.ts";
import type { Call } from "./verb.ts";

const ROOT = new URL("../../../", import.meta.url).pathname.replace(/\/$/, "");

/**
 * Runs a verb in a process of its own whose only network right is the archive's host, and whose only right to write is the folder it
 * names. The process that read the command line has no network at all.
 *
 * @param writes folder that is written, or null
 */
export async function launchArchive(
  call: Call,
  { verb, reads, writes }: { verb: "fetch" | "send"; reads: readonly string[]; writes: string | null },
): Promise<number> {
  const url = archiveUrl(call.options.dicomweb as string | undefined);
  const options = Object.entries(call.options).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : value === undefined || value === false ? [] : [`--${name}=${value}`]
  );
  const env = ["INIT_CWD", "NO_COLOR", "npm_package_config_libvips", "MALLOC_ARENA_MAX", ...CREDENTIAL_NAMES];
  const child = new Deno.Command("deno", {
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-check", "--config", `${ROOT}/deno.json`],
      `--allow-net=${archiveHost(url)}`,
      `--allow-read=${[ROOT, ...reads, ...writes ? [writes] : []].map(plain).join(",")}`,
      ...(writes ? [`--allow-write=${plain(writes)}`] : []),
      `--allow-env=${env.join(",")}`,
      `${ROOT}/src/cli/archive_main.ts`,
      ...[verb, ...options, "--", ...call.args],
    ],
    stdin: "inherit",
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
