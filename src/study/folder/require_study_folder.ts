import { InputError } from "../../input_error.ts";

/**
 * Throws if the folder of a study does not exist, because then its path is wrong. Its contents are not checked.
 *
 * @param cannot first words of the message, such as `Cannot verify studies/small`
 * @throws {InputError} if there is no such folder.
 */
export function requireStudyFolder(folder: string, cannot: string): void {
  if (isFolder(folder)) return;
  throw new InputError(`${cannot}: there is no such folder; it must be a finished study`, {
    fix: "check the path of the study",
  });
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
