/** Why a file could not be read as a radiograph. These codes are stable, so tables and scripts may rely on them. */
export type RadiographErrorCode =
  | "not-found"
  | "unreadable"
  | "empty"
  | "not-an-image"
  | "unsupported-format"
  | "unsupported-transfer-syntax"
  | "no-pixels"
  | "bad-header"
  | "too-large"
  | "truncated"
  | "corrupt"
  | "mismatch" // header and pixel data contradict each other
  | "multi-frame" // several frames and none was chosen, or the one chosen does not exist
  | "colour" // a picture in several colours, not a film
  | "time-limit"
  | "memory-limit"
  | "integrity"; // a decoder is not the pinned version

/** Details of a {@linkcode RadiographError} in addition to its message. */
export interface RadiographErrorDetail {
  code: RadiographErrorCode;
  /** What the user can do about it, in one sentence. */
  fix: string;
  /** Path or name of the file, as given by the caller. @default {""} */
  file?: string;
  cause?: unknown;
}

/**
 * Error for a file that cannot be used as a radiograph. The message says what failed, which rule was violated and
 * what was found; `fix` suggests a remedy. Neither contains text from inside the file, except numbers, UIDs of transfer
 * syntaxes and standard terms, so both may be logged.
 */
export class RadiographError extends Error {
  /** Name of the class. It is preserved when the error comes from a worker. */
  override readonly name = "RadiographError";
  /** Stable code of the error. */
  readonly code: RadiographErrorCode;
  /** What the caller can do about it. */
  readonly fix: string;
  /** Path of the file. */
  readonly file: string;

  /** Creates the error. */
  constructor(message: string, { code, fix, file = "", cause }: RadiographErrorDetail) {
    super(message, { cause });
    this.code = code;
    this.fix = fix;
    this.file = file;
  }

  /** The same error with the file's name. */
  named(file: string): RadiographError {
    const { message, code, fix, cause } = this;
    return new RadiographError(message, { code, fix, file, cause });
  }
}
