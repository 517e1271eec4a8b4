/** Another process works on the same study. The command line answers it with exit code 3. */
export class LockedError extends Error {
  /** Name of the class; it is kept when the error comes from a worker. */
  override readonly name = "LockedError";
  /** What the caller can do about it. */
  readonly fix = "wait until it has ended, or name another folder with --out";
}

/**
 * Takes the study folder for this process alone. The lock is the operating system's: it ends with the process, even
 * by kill -9, so there is never a stale one to remove.
 *
 * @throws {LockedError} if another process holds it.
 */
export async function lockStudy(folder: string): Promise<Disposable> {
  const file = await Deno.open(`${folder}/.lock`, { create: true, write: true });
  if (!(await file.tryLock(true))) {
    file.close();
    throw new LockedError(`Cannot work on ${folder}: another caput is at work there`);
  }
  return { [Symbol.dispose]: () => file.close() };
}
