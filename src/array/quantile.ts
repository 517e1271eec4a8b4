import { InputError } from "../input_error.ts";

/** Options of {@linkcode quantile}. */
export interface QuantileOptions {
  /** Whether the values are already in ascending order, which saves sorting them. @default {false} */
  sorted?: boolean;
}

/**
 * The p-quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7; R's and NumPy's
 * default).
 *
 * @throws {InputError} if there are no values, p is outside [0, 1], or a value is NaN (with `sorted`, only the last
 * value is checked).
 */
export function quantile(
  values: ArrayLike<number>,
  p: number,
  { sorted = false }: QuantileOptions = {},
): number {
  const n = values.length;
  if (n === 0) throw new InputError("Cannot take a quantile of no values");
  if (!(p >= 0 && p <= 1)) throw new InputError(`Cannot take a quantile: p must be in [0, 1], got ${p}`);
  const ascending = sorted ? values : Float64Array.from(values).sort();
  // A typed array sorts NaN to the end.
  if (Number.isNaN(ascending[n - 1])) throw new InputError("Cannot take a quantile: a value is NaN");
  const h = (n - 1) * p, low = Math.floor(h), high = Math.min(n - 1, low + 1);
  const a = ascending[low], b = ascending[high];
  return a === b ? a : a + (h - low) * (b - a);
}
