import { readFinishedRecord } from "./read_finished_record.ts";
import { lockStudy } from "./lock_study.ts";
import { sha256 } from "../../files/sha256.ts";
import { writeAtomic } from "../../files/write_atomic.ts";

/**
 * Rebuilds a study's page, writes it, and updates its hash in the record. Returns the page's path.
 *
 * @throws {InputError} if the folder contains no finished study.
 * @throws {LockedError} if another process works on the folder.
 */
export async function refreshPage(
  folder: string,
  buildPage: (folder: string) => Promise<string>,
): Promise<string> {
  const record = await readFinishedRecord(folder, `Cannot build the page of ${folder}`);
  using _lock = await lockStudy(folder);
  const page = await buildPage(folder), file = `${folder}/dashboard.html`;
  const outputs = { ...record.hashes.outputs, "dashboard.html": sha256(page) };
  const sorted = Object.fromEntries(Object.entries(outputs).sort(([a], [b]) => a < b ? -1 : 1));
  await writeAtomic(file, page);
  const next = { ...record, hashes: { ...record.hashes, outputs: sorted } };
  await writeAtomic(`${folder}/study.json`, `${JSON.stringify(next, null, 1)}\n`);
  return file;
}
