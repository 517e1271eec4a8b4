import { robustScale } from "./combined_score.ts";

/** What measures of validation heads look like, to tell a film of another kind. */
export interface Domain {
  readonly kind: "domain";
  /** Robust spreads from the median at which a head is called out of domain. */
  readonly limit: number;
  /** Median and robust spread of each measure; of its logarithm where `log`. */
  readonly measures: Readonly<
    Record<string, { readonly median: number; readonly spread: number; readonly log: boolean }>
  >;
}

/** Result of {@linkcode outOfDomain}. */
export interface DomainVerdict {
  readonly outOfDomain: boolean;
  /** Measures beyond the limit, with their robust z. */
  readonly reasons: readonly { readonly measure: string; readonly z: number }[];
}

/**
 * Learns from healthy validation heads what the cohort's films look like. Give measures that say how a film is drawn rather than
 * how sick a head is (residual, mean log-variance, contrast): disease should not count as another domain. Positive measures
 * are taken by their logarithm.
 *
 * @throws {RangeError} if there are no measures, a value is not finite, or a measure does not vary.
 */
export function fitDomain(
  measures: Readonly<Record<string, ArrayLike<number>>>,
  { limit = 6 }: { limit?: number } = {},
): Domain {
  const entries = Object.entries(measures);
  if (entries.length === 0) throw new RangeError("Cannot learn a domain from no measures");
  if (!(limit > 0)) throw new RangeError(`Cannot learn a domain: the limit lies above 0, got ${limit}`);
  return {
    kind: "domain",
    limit,
    measures: Object.fromEntries(entries.map(([name, values]) => {
      const log = Array.from(values).every((v) => v > 0);
      return [name, { ...robustScale(log ? Float64Array.from(values, Math.log) : values, name), log }];
    })),
  };
}

/**
 * Whether a head's film is unlike the cohort's: any measure more than `limit` robust spreads from the validation median, on either
 * side (a blank crop has too small a residual). A measure that is not finite, or not positive where all were, is out.
 *
 * @throws {TypeError} if a measure of the domain is not given.
 */
export function outOfDomain(head: Readonly<Record<string, number>>, domain: Domain): DomainVerdict {
  const reasons = Object.entries(domain.measures).flatMap(([measure, { median, spread, log }]) => {
    if (!Object.hasOwn(head, measure)) {
      throw new TypeError(`Cannot judge the domain: no "${measure}" was given`);
    }
    const value = log ? Math.log(Math.max(head[measure], 1e-300)) : head[measure];
    const z = (value - median) / spread;
    return Math.abs(z) <= domain.limit ? [] : [{ measure, z: Number.isFinite(z) ? z : Number.MAX_VALUE }];
  });
  return { outOfDomain: reasons.length > 0, reasons };
}
