/** Why an archive could not be used. */
export type ArchiveErrorCode =
  | "refused"
  | "untrusted"
  | "busy"
  | "silent"
  | "broken-off"
  | "rubbish"
  | "not-found";

/** An archive that did not answer as it should. Never holds credentials, nor a text the archive sent. */
export class ArchiveError extends Error {
  /** Name of the class; the same after crossing from a worker. */
  override readonly name = "ArchiveError";
  /** Makes the error. */
  constructor(message: string, readonly code: ArchiveErrorCode, readonly fix: string) {
    super(message);
  }
}
