/**
 * Error for an input (a value, a table, a cohort, a folder) that cannot be used and that the caller can correct. The
 * message names the input, the rule, and what was found. The command line exits with code 2.
 */
export class InputError extends RangeError {
  /** Name of the class. It is preserved when the error comes from a worker. */
  override readonly name: string = "InputError";
  /** What the caller can do about it, or "". */
  readonly fix: string;

  /** Creates the error. */
  constructor(message: string, { fix = "", cause }: { fix?: string; cause?: unknown } = {}) {
    super(message, { cause });
    this.fix = fix;
  }
}

/** Error if too few usable films or heads were found to continue. The command line exits with code 1. */
export class TooFewError extends InputError {
  /** Name of the class. It is preserved when the error comes from a worker. */
  override readonly name: string = "TooFewError";
}

/**
 * Whether an error is an InputError or a TooFewError. Compares names, because an error that a worker sends loses its
 * class.
 */
export function isInputError(error: unknown): error is Error {
  return error instanceof Error && (error.name === "InputError" || error.name === "TooFewError");
}
