/**
 * An error as plain data for sending it from a worker, because structured cloning drops custom names and properties.
 */
export interface CarriedError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Custom properties of errors that are preserved. */
const CARRIED = ["code", "fix", "file", "expectedSha256", "actualSha256", "tried", "step", "checkpoint"];

/** Converts an error to plain data. */
export function packError(error: unknown): CarriedError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), details: {} };
  const details: Record<string, unknown> = {};
  for (const key of CARRIED) {
    const value = (error as unknown as Record<string, unknown>)[key];
    if (value !== undefined) details[key] = structuredClone(value);
  }
  return { name: error.name, message: error.message, stack: error.stack, details };
}

/**
 * Restores an error from plain data: the same name, message and properties, so that exit codes are the same too.
 *
 * @param options.classes Classes by name; an error of one of these names becomes an instance of its class. @default
 * none
 */
export function unpackError(
  { name, message, stack, details }: CarriedError,
  { classes = {} }: { classes?: Readonly<Record<string, { readonly prototype: Error }>> } = {},
): Error {
  const error = new Error(message);
  if (Object.hasOwn(classes, name)) Object.setPrototypeOf(error, classes[name].prototype);
  if (stack !== undefined) error.stack = stack;
  Object.defineProperty(error, "name", { value: name, enumerable: false });
  return Object.assign(error, details);
}
