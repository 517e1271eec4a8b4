/**
 * Something the caller gave (a value, a table, a cohort, a folder) cannot be used as asked. The message names it, the rule and what was
 * found. The command line answers with exit code 2; any other RangeError is a fault of the program.
 */
export class InputError extends RangeError {
  override readonly name: string = "InputError";
  /** What the caller can do about it. */
  readonly fix: string;

  constructor(message: string, { fix = "", cause }: { fix?: string; cause?: unknown } = {}) {
    super(message, { cause });
    this.fix = fix;
  }
}

/** The films were read, but too few of them can be used to go on. The command line answers with exit code 1. */
export class TooFewError extends InputError {
  override readonly name: string = "TooFewError";
}

/** Whether an error is one of these two. Their names are compared, since an error that crosses from a worker loses its class. */
export function isInputError(error: unknown): error is Error {
  return error instanceof Error && (error.name === "InputError" || error.name === "TooFewError");
}
