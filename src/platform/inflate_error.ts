/** Compressed data that could not be unpacked, and why, in the same words on every platform. */
export class InflateError extends Error {
  /** Name of the class. */
  override readonly name = "InflateError";
  /** Makes the error. */
  constructor(readonly reason: "too-large" | "truncated" | "damaged", options?: ErrorOptions) {
    super(`Cannot unpack: the data is ${reason}`, options);
  }
}
