/** A file is not what its record says it is. The command line answers it with exit code 3. */
export class IntegrityError extends Error {
  /** Name of the class; the same after crossing from a worker. */
  override readonly name = "IntegrityError";
  /** Makes the error. */
  constructor(message: string, readonly fix = "", options?: ErrorOptions) {
    super(message, options);
  }
}
