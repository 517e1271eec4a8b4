import type { ExpectedHead, Failure } from "./film_job.ts";

/** Names and codes of errors that concern the whole study rather than a single film, such as a full disk. */
const FATAL_NAMES = ["DeviceError", "ModelIntegrityError", "IntegrityError", "LockedError", "AbortError"];
const FATAL_CODES = ["ENOSPC", "EDQUOT", "EROFS", "integrity"];

/** True if the error concerns the whole study, so that continuing with other films makes no sense. */
export function isFatal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return FATAL_NAMES.includes(error.name) || FATAL_CODES.includes((error as { code?: string }).code ?? "");
}

/** Errors of Caput itself, whose messages contain neither paths nor text from a file when a film is read. */
const CLEAN_NAMES = ["RadiographError", "InputError"];

/**
 * Converts an error to the failure of one head. The message never contains paths or file contents; for unexpected
 * errors only the name of the class is kept.
 *
 * @throws The error itself if it concerns the whole study or is not an `Error`.
 */
export function failureOf(error: unknown, { headId, row }: ExpectedHead): Failure {
  if (isFatal(error) || !(error instanceof Error)) throw error;
  const { code, fix } = error as { code?: unknown; fix?: unknown };
  const clean = CLEAN_NAMES.includes(error.name);
  return {
    id: headId,
    row,
    code: typeof code === "string" ? code : error.name === "InputError" ? "unusable" : "unreadable",
    message: clean ? error.message : `The film could not be read (${error.name})`,
    fix: typeof fix === "string" ? fix : "look at the film with caput inspect",
  };
}
