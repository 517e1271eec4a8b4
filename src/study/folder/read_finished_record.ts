import { InputError } from "../../input_error.ts";
import { requireStudyFolder } from "./require_study_folder.ts";
import { readStudyRecord, type StudyRecord } from "./study_record.ts";

/** The record of a finished study: it has hashes. */
export type FinishedRecord = StudyRecord & { readonly hashes: NonNullable<StudyRecord["hashes"]> };

/**
 * Reads the record of a study that must be finished.
 *
 * @param cannot first words of the message, such as `Cannot verify studies/small`
 * @throws {InputError} if the folder does not exist or contains no finished study.
 */
export async function readFinishedRecord(folder: string, cannot: string): Promise<FinishedRecord> {
  requireStudyFolder(folder, cannot);
  const record = await readStudyRecord(folder);
  if (record?.hashes) return { ...record, hashes: record.hashes };
  throw new InputError(`${cannot}: it must contain a finished study (study.json is missing or unfinished)`, {
    fix: "run the study again; it continues where it was interrupted",
  });
}
