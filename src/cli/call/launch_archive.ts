import { archiveHost, archiveUrl, CREDENTIAL_NAMES } from "./archive_options.ts";
import { launchProcess, plainPath } from "./launch_process.ts";
import type { Call } from "./verb.ts";

/**
 * Runs a verb in a separate process that may connect only to the DICOM archive's host, and may write only to the folder
 * `writes`. The process that read the command line has no network access.
 *
 * @param reads paths that the process may read
 * @param writes folder that it may read and write; null if it writes nothing
 * @returns exit code of that process
 */
export async function launchArchive(
  call: Call,
  { verb, reads, writes }: { verb: "fetch" | "send"; reads: readonly string[]; writes: string | null },
): Promise<number> {
  const url = archiveUrl(call.options.dicomweb as string | undefined);
  const options = Object.entries(call.options).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : value === undefined || value === false ? [] : [`--${name}=${value}`]
  );
  return await launchProcess(call, {
    entry: "archive_main.ts",
    words: [verb, ...options, "--", ...call.args],
    reads: writes ? [...reads, writes] : reads,
    env: ["INIT_CWD", "NO_COLOR", "npm_package_config_libvips", "MALLOC_ARENA_MAX", ...CREDENTIAL_NAMES],
    rights: [`--allow-net=${archiveHost(url)}`, ...writes ? [`--allow-write=${plainPath(writes)}`] : []],
    asks: true,
  });
}
