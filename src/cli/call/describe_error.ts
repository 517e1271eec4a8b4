import { EXIT, exitCode, REPORT_BUG } from "./exit_code.ts";

/** An error for the user: a short code, what happened, and what to do. */
export interface ErrorText {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** What to do, by error code or by name of the error class. */
const FIXES: Readonly<Record<string, string>> = {
  ENOSPC: "free some space, then run the same command again: finished work is kept",
  EDQUOT: "free some space, then run the same command again: finished work is kept",
  EROFS: "name a writable folder with --out",
  EACCES: "name a writable folder with --out, or change its permissions",
  EPERM: "name a writable folder with --out, or change its permissions",
  EADDRINUSE: "another program uses this port: name another one, or use --port 0 for any free port",
  NotCapable:
    "Caput gives up permissions that a command does not need, and never writes into its own folder: name another folder with --out",
  NotFound: "check the path",
  NotADirectory: "name a folder",
  AbortError: "run the same command again to continue",
};

/** "DeviceError" -> "device". */
function codeFromName(name: string): string {
  return name.replace(/Error$/, "").replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase() || "error";
}

/**
 * Code, message and fix of any error. `code` and `fix` are the error's own if it has them.
 *
 * @param options.resume whether a repeated command starts from the beginning unless it has --resume. @default {false}
 */
export function describeError(error: unknown, { resume = false }: { resume?: boolean } = {}): ErrorText {
  if (!(error instanceof Error)) return { code: "error", message: String(error), fix: REPORT_BUG };
  const fields = error as { code?: unknown; fix?: unknown };
  const code = typeof fields.code === "string" && fields.code !== "" ? fields.code : codeFromName(error.name);
  const isBug = exitCode(error) === EXIT.bug;
  const fix = typeof fields.fix === "string"
    ? fields.fix
    : resume && error.name === "AbortError"
    ? "run the same command again with --resume to continue"
    : FIXES[code] ?? FIXES[error.name] ?? (isBug ? REPORT_BUG : "");
  const missing = error instanceof Deno.errors.NotFound &&
    /\(os error \d+\): \w+ '(.+)'$/.exec(error.message);
  if (missing) return { code, message: `${missing[1]} does not exist`, fix };
  if (error instanceof Deno.errors.NotADirectory) {
    const path = /\(os error \d+\): \w+ '(.+)'$/.exec(error.message)?.[1] ?? "the given path";
    return { code, message: `${path} is a file, not a folder`, fix };
  }
  // The class name of an unexpected error helps to find its cause.
  const message = isBug && error.name !== "Error" ? `${error.name}: ${error.message}` : error.message;
  return { code, message: message || error.name, fix };
}
