import { robustScale } from "./combined_score.ts";
import { InputError } from "../input_error.ts";

/** Range of one measure among the heads of a cohort. */
export interface DomainMeasure {
  /** Median among healthy heads (of the logarithm if `log`). */
  readonly median: number;
  /** Robust spread (1.4826 MAD) among healthy heads (of the logarithm if `log`). */
  readonly spread: number;
  /** Whether the measure is compared on a logarithmic scale. */
  readonly log: boolean;
  /** Largest accepted absolute deviation from the median, in robust spreads. */
  readonly limit: number;
}

/** Ranges of the measures among a cohort's healthy and diseased heads, to detect heads unlike them. Plain JSON. */
export interface Domain {
  /** Type tag, the same for every object of this type. */
  readonly kind: "domain";
  /** Share of each grade's heads that each limit includes at least, 0 to 1. */
  readonly share: number;
  /** Number of heads that the limits were estimated from. */
  readonly n: number;
  /** Range of each measure by name. */
  readonly measures: Readonly<Record<string, DomainMeasure>>;
}

/** Result of {@linkcode outOfDomain}. */
export interface DomainVerdict {
  /** True if at least one measure is beyond its limit. */
  readonly outOfDomain: boolean;
  /** The measures beyond their limits, with their robust z-scores. */
  readonly reasons: readonly { readonly measure: string; readonly z: number }[];
}

/** Options of {@linkcode fitDomain}. */
export interface FitDomainOptions {
  /** Grade of each head; the lowest counts as healthy. @default one grade for all */
  grades?: ArrayLike<number>; // [n]
  /** Share of a grade's heads inside each limit. @default {0.99} */
  share?: number;
}

/** Smallest limit, in robust spreads, if no grade has enough heads for the requested share. */
const LEAST_LIMIT = 4;

/**
 * Estimates the range of each measure from heads of all grades; no model may have been trained on them. Each measure is
 * standardised with median and spread of the healthy heads (on a logarithmic scale if all its values are positive). The
 * limit of a measure includes the given share of the heads of *every* grade: a conformal limit within each grade (Vovk
 * et al. 2005, section 4.5), so a new head of any of these grades exceeds the limit with probability at most 1 - share,
 * or 1 / (heads of its grade + 1) if the grade is small. This holds for each limit on its own; with k limits the
 * probability that at least one is exceeded is at most k times as large. Disease that the cohort contains is not
 * flagged.
 *
 * @throws {TypeError} if the lengths differ. @throws {InputError} if there are no measures, `share` is not in (0, 1), a
 * value is not finite, or the median absolute deviation of a measure among the healthy heads is 0.
 */
export function fitDomain(
  measures: Readonly<Record<string, ArrayLike<number>>>,
  { grades, share = 0.99 }: FitDomainOptions = {},
): Domain {
  const entries = Object.entries(measures);
  if (entries.length === 0) {
    throw new InputError("Cannot estimate a domain: there must be at least one measure, got none");
  }
  if (!(share > 0 && share < 1)) {
    throw new InputError(`Cannot estimate a domain: the share must be in (0, 1), got ${share}`);
  }
  const n = entries[0][1].length, byGrade = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const grade = grades ? grades[i] : 0, peers = byGrade.get(grade);
    if (peers) peers.push(i);
    else byGrade.set(grade, [i]);
  }
  const healthy = byGrade.get(Math.min(...byGrade.keys())) ?? [];
  const largest = Math.max(...Array.from(byGrade.values(), (each) => each.length));
  const floor = (largest + 1) * (1 - share) < 1 ? LEAST_LIMIT : 0;
  const learn = (name: string, values: ArrayLike<number>): DomainMeasure => {
    if (values.length !== n || (grades && grades.length !== n)) {
      throw new TypeError(
        `Cannot estimate a domain: each of ${n} heads must have a value of "${name}" and a grade, got ` +
          `${values.length} values and ${grades ? grades.length : n} grades`,
      );
    }
    const all = Float64Array.from(values), log = all.every((v) => v > 0);
    const scaled = log ? all.map(Math.log) : all;
    const { median, spread } = robustScale(healthy.map((i) => scaled[i]), name, "healthy");
    const far = scaled.map((v) => Math.abs(v - median) / spread);
    if (!far.every(Number.isFinite)) {
      throw new InputError(`Cannot estimate a domain: "${name}" has a value that is not finite`);
    }
    const limits = Array.from(byGrade.values(), (inside) => {
      const ascending = Float64Array.from(inside, (i) => far[i]).sort();
      return ascending[Math.min(inside.length, Math.ceil(share * (inside.length + 1))) - 1];
    });
    return { median, spread, log, limit: Math.max(floor, ...limits) };
  };
  return {
    kind: "domain",
    share,
    n,
    measures: Object.fromEntries(entries.map(([name, values]) => [name, learn(name, values)])),
  };
}

/**
 * Whether a head differs from the cohort: at least one measure is beyond its limit, above or below (the contrast of a
 * blank crop is too low). A measure that is not finite, or not positive although all of the cohort's were, counts as
 * beyond its limit; null means that the measure is not available for this head and is skipped.
 *
 * @throws {TypeError} if `head` lacks a measure of the domain.
 */
export function outOfDomain(head: Readonly<Record<string, number | null>>, domain: Domain): DomainVerdict {
  const reasons = Object.entries(domain.measures).flatMap(([measure, { median, spread, log, limit }]) => {
    if (!Object.hasOwn(head, measure)) {
      throw new TypeError(`Cannot check a head against the domain: its "${measure}" is missing`);
    }
    const measured = head[measure];
    if (measured === null) return [];
    const value = log ? Math.log(Math.max(measured, 1e-300)) : measured;
    const z = (value - median) / spread;
    return Math.abs(z) <= limit ? [] : [{ measure, z: Number.isFinite(z) ? z : Number.MAX_VALUE }];
  });
  return { outOfDomain: reasons.length > 0, reasons };
}
