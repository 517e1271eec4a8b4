/** Why an archive could not be used. */
export type ArchiveErrorCode =
  | "refused"
  | "untrusted"
  | "busy"
  | "silent"
  | "broken-off"
  | "rubbish"
  | "not-found";

/** Error of communication with an archive. Never contains credentials or text sent by the archive. */
export class ArchiveError extends Error {
  /** Name of the class; it is kept when the error comes from a worker. */
  override readonly name = "ArchiveError";
  /** Makes the error. */
  constructor(message: string, readonly code: ArchiveErrorCode, readonly fix: string) {
    super(message);
  }
}
