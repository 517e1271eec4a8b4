import { limits } from "./limits.ts";
import { RadiographError, type RadiographErrorCode } from "./radiograph_error.ts";

/**
 * Reads a file whole, refusing folders and files beyond the limit before reading.
 *
 * @throws {RadiographError} `not-found`, `unreadable`, `too-large`.
 */
export async function readFileBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const refuse = (message: string, code: RadiographErrorCode, fix: string, cause?: unknown): never => {
    throw new RadiographError(`Cannot read the file: ${message}`, { code, fix, file: path, cause });
  };
  try {
    const info = await Deno.stat(path);
    if (!info.isFile) refuse("it is not a plain file", "unreadable", "Give the film's file, not its folder.");
    if (info.size > limits.fileBytes) {
      refuse(`at most ${limits.fileBytes} bytes, got ${info.size}`, "too-large", "Give a single film.");
    }
    return await Deno.readFile(path);
  } catch (cause) {
    if (cause instanceof RadiographError) throw cause;
    if (cause instanceof Deno.errors.NotFound) {
      return refuse("there is none of that name", "not-found", "Check the path.", cause);
    }
    return refuse(
      "the system does not allow it",
      "unreadable",
      "Check the file's permissions and --allow-read.",
      cause,
    );
  }
}
