import { InputError } from "../../input_error.ts";

/**
 * Refuses a study folder as a place for models: some files of a study have the names of model files, and any further
 * file would make the verification of the study fail.
 *
 * @throws {InputError} if the folder contains `study.json`.
 */
export async function refuseStudyFolder(folder: string): Promise<void> {
  if (!await Deno.stat(`${folder}/study.json`).then(() => true, () => false)) return;
  throw new InputError(`Cannot write models to ${folder}: it is the folder of a study`, {
    fix: "name another folder, such as --out models/mine",
  });
}
