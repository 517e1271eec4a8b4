/** A file is not what its record says it is. The command line answers it with exit code 3. */
export class IntegrityError extends Error {
  override readonly name = "IntegrityError";
  constructor(message: string, readonly fix = "", options?: ErrorOptions) {
    super(message, options);
  }
}
