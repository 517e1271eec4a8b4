/** Error for compressed data that cannot be decompressed. The reasons are the same in Deno and in a browser. */
export class InflateError extends Error {
  /** Name of the class. */
  override readonly name = "InflateError";
  /** Creates the error. */
  constructor(readonly reason: "too-large" | "truncated" | "damaged", options?: ErrorOptions) {
    super(`Cannot decompress the data: it is ${reason.replace("-", " ")}`, options);
  }
}
