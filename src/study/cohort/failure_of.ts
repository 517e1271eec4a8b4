import type { ExpectedHead, Failure } from "./film_job.ts";

/** Errors that are not one film's fault: they end the study. */
const FATAL_NAMES = ["DeviceError", "ModelIntegrityError", "IntegrityError", "LockedError", "AbortError"];
const FATAL_CODES = ["ENOSPC", "EDQUOT", "EROFS", "integrity"];

/** Whether going on with other films makes sense after this error. */
export function isFatal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return FATAL_NAMES.includes(error.name) || FATAL_CODES.includes((error as { code?: string }).code ?? "");
}

/** Names of our own errors, whose messages never repeat a path or a text found in a file. */
const CLEAN_NAMES = ["RadiographError", "InputError"];

/**
 * The failure of one head that an error stands for. Its message holds nothing of paths or of what a file says; an error of
 * unknown make is told by its name alone.
 *
 * @throws the error itself where it is fatal to the whole study.
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
