/** Error for a model file that is damaged or is not the expected one. The command line ends with exit code 3. */
export class ModelIntegrityError extends Error {
  /** Name of the class. It is preserved when the error comes from a worker. */
  override readonly name = "ModelIntegrityError";
  /** Expected sha256, if the error is about a hash; usually from `plan.json` of the models folder. */
  readonly expectedSha256?: string;
  /** sha256 of the bytes that were read, if it was computed. */
  readonly actualSha256?: string;

  /** Creates the error. */
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
