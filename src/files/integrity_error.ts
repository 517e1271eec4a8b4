/**
 * Error for a file of a study, a pack or a models folder that is missing, damaged, or does not match its recorded
 * sha256. The command line ends with exit code 3.
 */
export class IntegrityError extends Error {
  /** Name of the class. It is preserved when the error comes from a worker. */
  override readonly name = "IntegrityError";
  /**
   * Creates the error.
   *
   * @param fix What the caller can do about it.
   */
  constructor(message: string, readonly fix = "", options?: ErrorOptions) {
    super(message, options);
  }
}
