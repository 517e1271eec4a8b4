import { benjamini } from "./benjamini.ts";
import { holm } from "./holm.ts";
import { InputError } from "../../input_error.ts";

/** Corrections for multiple testing. */
export type Adjustment = "holm" | "bh" | "by" | "bonferroni" | "none";

/** The methods that {@linkcode adjustP} accepts. */
export const ADJUSTMENTS: readonly Adjustment[] = ["holm", "bh", "by", "bonferroni", "none"];

/**
 * Corrects p-values for multiple testing; the order is kept.
 *
 * @throws {InputError} if the method is unknown or a p is outside [0, 1].
 */
export function adjustP(p: readonly number[], { method = "holm" }: { method?: Adjustment } = {}): number[] {
  const bad = p.findIndex((v) => !(v >= 0 && v <= 1));
  if (bad >= 0) {
    throw new InputError(`Cannot adjust: p-values must be in [0, 1], got ${p[bad]} at index ${bad}`);
  }
  switch (method) {
    case "holm":
      return holm(p);
    case "bh":
      return benjamini(p);
    case "by":
      return benjamini(p, { dependent: true });
    case "bonferroni":
      return p.map((v) => Math.min(1, v * p.length));
    case "none":
      return [...p];
    default:
      throw new InputError(
        `Cannot adjust: the method must be one of ${ADJUSTMENTS.join(", ")}, got "${method}"`,
      );
  }
}
