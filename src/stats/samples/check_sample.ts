import { InputError } from "../../input_error.ts";

/** Options of {@linkcode checkSample}. */
export interface CheckSampleOptions {
  /** Smallest number of values that the test needs. @default {1} */
  least?: number;
  /** The sample's name in the message. @default {"sample"} */
  name?: string;
}

/**
 * Throws an error if a sample has too few values, or one that is not finite.
 *
 * @throws {InputError} naming the test, the sample, and the index of the value.
 */
export function checkSample(
  test: string,
  values: ArrayLike<number>,
  { least = 1, name = "sample" }: CheckSampleOptions = {},
): void {
  if (values.length < least) {
    throw new InputError(
      `Cannot compute ${test}: ${name} needs at least ${least} value${
        least > 1 ? "s" : ""
      }, got ${values.length}`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new InputError(
        `Cannot compute ${test}: ${name} has a value that is not finite, ${values[i]} at index ${i}`,
      );
    }
  }
}
