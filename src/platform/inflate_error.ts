/** Error for compressed data that cannot be decompressed, with the same reasons on every platform. */
export class InflateError extends Error {
  /** Name of the class. */
  override readonly name = "InflateError";
  /** Creates the error. */
  constructor(readonly reason: "too-large" | "truncated" | "damaged", options?: ErrorOptions) {
    super(`Cannot unpack: the data is ${reason}`, options);
  }
}
