/** Error for a file that does not match its record. The command line ends with exit code 3. */
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
