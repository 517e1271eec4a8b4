import { auc } from "./auc.ts";

/**
 * Cliff's delta of b over a: P(b > a) - P(b < a), from -1 to 1 (Cliff 1993, Psychol Bull 114:494).
 *
 * @throws {InputError} if a sample is empty or has a value that is not finite.
 */
export function cliffsDelta(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return 2 * auc(a, b) - 1;
}
