import { normalQuantile } from "../distributions/normal_quantile.ts";
import { normalTail } from "../distributions/normal_tail.ts";
import { InputError } from "../../input_error.ts";

/** Result of {@linkcode aucEquivalence}. */
export interface AucEquivalence {
  /** Half-width of the band round 1/2 within which two groups are called equivalent. */
  readonly bound: number;
  /** The larger of the two one-sided p: small where the AUC is shown to lie within 1/2 +- bound. */
  readonly p: number;
  /** Smallest bound that would be shown at 5 %: how far apart the groups may still be. */
  readonly smallestBound: number;
}

/**
 * Two one-sided tests (Schuirmann 1987) that an AUC lies within 1/2 +- bound, by the normal approximation with the variance
 * given (Obuchowski's where patients give two heads). So that "not significant" is never read as "the same".
 *
 * @throws {InputError} unless the bound lies in (0, 1/2].
 */
export function aucEquivalence(
  auc: number,
  { variance, bound = 0.1 }: { variance: number; bound?: number },
): AucEquivalence {
  if (!(bound > 0 && bound <= 0.5) || !(variance >= 0) || !(auc >= 0 && auc <= 1)) {
    throw new InputError(
      `Cannot test equivalence: bound in (0, 1/2], AUC in [0, 1], got ${bound} and ${auc} (variance ${variance})`,
    );
  }
  const gap = Math.abs(auc - 0.5), se = Math.sqrt(variance);
  const p = se === 0 ? (gap < bound ? 0 : 1) : normalTail((bound - gap) / se);
  return { bound, p, smallestBound: Math.min(0.5, gap + normalQuantile(0.95) * se) };
}
