/** An error as plain data, to cross from a worker: structured cloning keeps neither name nor properties of our own. */
export interface CarriedError {
  readonly name: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Takes an error apart. */
export function packError(error: unknown): CarriedError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), details: {} };
  const details: Record<string, unknown> = {};
  for (const key of ["code", "fix", "file", "expectedSha256", "actualSha256", "tried"]) {
    const value = (error as unknown as Record<string, unknown>)[key];
    if (value !== undefined) details[key] = structuredClone(value);
  }
  return { name: error.name, message: error.message, details };
}

/** Puts it together again: the same name, message and properties, so that exit codes are the same too. */
export function unpackError({ name, message, details }: CarriedError): Error {
  const error = new Error(message);
  Object.defineProperty(error, "name", { value: name, enumerable: false });
  return Object.assign(error, details);
}
