/** Error if another process is working on the same study. The command line exits with code 3. */
export class LockedError extends Error {
  /** Name of the class. It is preserved when the error comes from a worker. */
  override readonly name = "LockedError";
  /** What the caller can do about it. */
  readonly fix = "wait until it has ended, or name another folder with --out";
}

/**
 * Locks the study folder for this process until the returned object is disposed. The operating system also releases the
 * lock when the process ends, even by kill -9, so no stale lock can remain.
 *
 * @throws {LockedError} if another process has locked the folder.
 */
export async function lockStudy(folder: string): Promise<Disposable> {
  const file = await Deno.open(`${folder}/.lock`, { create: true, write: true });
  if (!(await file.tryLock(true))) {
    file.close();
    throw new LockedError(`Cannot work on ${folder}: another caput process is running there`);
  }
  return { [Symbol.dispose]: () => file.close() };
}
