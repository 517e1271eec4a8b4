import { normalQuantile } from "../distributions/normal_quantile.ts";
import { normalTail } from "../distributions/normal_tail.ts";
import { InputError } from "../../input_error.ts";

/** Result of {@linkcode aucEquivalence}. */
export interface AucEquivalence {
  /** Equivalence margin: two groups count as equivalent if the AUC is within 1/2 +- bound. */
  readonly bound: number;
  /** Larger of the two one-sided p-values; small if the AUC is shown to be within 1/2 +- bound. */
  readonly p: number;
  /** Smallest margin within which equivalence can be claimed at the 5 % level; at most 1/2. */
  readonly smallestBound: number;
}

/**
 * Two one-sided tests (Schuirmann 1987) of an AUC within 1/2 +- bound, by the normal approximation with the given
 * variance (use Obuchowski's if patients contribute two heads). A test of difference that is not significant does not
 * show equivalence; this test can.
 *
 * @throws {InputError} unless the bound is in (0, 1/2], the AUC in [0, 1] and the variance at least 0.
 */
export function aucEquivalence(
  auc: number,
  { variance, bound = 0.1 }: { variance: number; bound?: number },
): AucEquivalence {
  if (!(bound > 0 && bound <= 0.5) || !(variance >= 0) || !(auc >= 0 && auc <= 1)) {
    throw new InputError(
      `Cannot test equivalence: the bound must be in (0, 1/2], the AUC in [0, 1] and the variance at least 0, got ${bound}, ${auc}, ${variance}`,
    );
  }
  const gap = Math.abs(auc - 0.5), se = Math.sqrt(variance);
  const p = se === 0 ? (gap < bound ? 0 : 1) : normalTail((bound - gap) / se);
  return { bound, p, smallestBound: Math.min(0.5, gap + normalQuantile(0.95) * se) };
}
