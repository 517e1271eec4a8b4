/** A model file is not the one that was asked for, or is damaged. The command line answers it with exit code 3. */
export class ModelIntegrityError extends Error {
  /** Name of the class; the same after crossing from a worker. */
  override readonly name = "ModelIntegrityError";
  /** sha256 the plan asks for, where it does. */
  readonly expectedSha256?: string;
  /** sha256 of the bytes that were given, where it was computed. */
  readonly actualSha256?: string;

  /** Makes the error. */
  constructor(
    message: string,
    { expectedSha256, actualSha256, cause }: {
      expectedSha256?: string;
      actualSha256?: string;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause });
    this.expectedSha256 = expectedSha256;
    this.actualSha256 = actualSha256;
  }
}
