/** Why a file could not become a radiograph; stable names that tables and scripts may rely on. */
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
  | "mismatch"
  | "multi-frame"
  | "colour"
  | "time-limit"
  | "memory-limit"
  | "integrity";

/** What a {@linkcode RadiographError} carries besides its message. */
export interface RadiographErrorDetail {
  code: RadiographErrorCode;
  /** What the reader can do about it, one sentence. */
  fix: string;
  /** The file as its caller named it. @default {""} */
  file?: string;
  cause?: unknown;
}

/**
 * A file that cannot be used as a radiograph. The message says what could not be done, the rule and what was got;
 * `fix` what helps; neither repeats any text found inside the file, so both may be logged.
 */
export class RadiographError extends Error {
  /** Name of the class; the same after crossing from a worker. */
  override readonly name = "RadiographError";
  /** Stable short code of the error. */
  readonly code: RadiographErrorCode;
  /** What the caller can do about it. */
  readonly fix: string;
  /** Path of the file. */
  readonly file: string;

  /** Makes the error. */
  constructor(message: string, { code, fix, file = "", cause }: RadiographErrorDetail) {
    super(message, { cause });
    this.code = code;
    this.fix = fix;
    this.file = file;
  }

  /** The same error, naming the file. */
  named(file: string): RadiographError {
    const { message, code, fix, cause } = this;
    return new RadiographError(message, { code, fix, file, cause });
  }
}
