/**
 * Why an archive could not be used. `refused`: access, the request or an object is not accepted. `untrusted`: its TLS
 * connection or certificate is not valid. `busy`: it asks to try later. `silent`: it cannot be reached, or did not
 * respond in time. `broken-off`: the connection or the response ended too early, or the server failed.
 * `rubbish`: the response is too large or has the wrong form. `not-found`: it does not send a film that it lists.
 */
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
  /** Name of the class. */
  override readonly name = "ArchiveError";
  /** Makes the error. */
  constructor(message: string, readonly code: ArchiveErrorCode, readonly fix: string) {
    super(message);
  }
}
