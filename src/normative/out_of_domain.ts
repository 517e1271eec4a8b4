import { robustScale } from "./combined_score.ts";
import { InputError } from "../input_error.ts";

/** One measure's range among a cohort's heads. */
export interface DomainMeasure {
  /** Median and robust spread among the healthy; of the logarithm where `log`. */
  readonly median: number;
  readonly spread: number;
  readonly log: boolean;
  /** Robust spreads from the median, either way, beyond which a head is called out of domain. */
  readonly limit: number;
}

/** What a cohort's heads look like, healthy and diseased, to tell a head of another kind. Plain JSON. */
export interface Domain {
  readonly kind: "domain";
  /** Share of each grade's heads that each limit leaves in. */
  readonly share: number;
  /** Heads behind it. */
  readonly n: number;
  readonly measures: Readonly<Record<string, DomainMeasure>>;
}

/** Result of {@linkcode outOfDomain}. */
export interface DomainVerdict {
  readonly outOfDomain: boolean;
  /** Measures beyond their limits, with their robust z. */
  readonly reasons: readonly { readonly measure: string; readonly z: number }[];
}

/** Options of {@linkcode fitDomain}. */
export interface FitDomainOptions {
  /** Grade of each head; the lowest counts as healthy. @default all alike */
  grades?: ArrayLike<number>; // [n]
  /** Share of a grade's heads inside each limit. @default {0.99} */
  share?: number;
}

/** Where no grade has heads enough for the share asked, limits stay at least this many robust spreads away. */
const LEAST_LIMIT = 4;

/**
 * Learns from heads no model was trained on, of every grade, what a cohort's heads look like. Each measure is put on the scale of
 * the healthy (positive ones by their logarithm). Its limit lies where the given share of the heads of *every* grade are inside: a
 * conformal limit within each grade (Vovk et al. 2005, section 4.5), so that a new head of any of these grades is beyond it with
 * a probability of at most 1 - share, or 1 / (heads of its grade + 1) where the grade is small. Sickness that the cohort holds is
 * thus no other domain.
 *
 * @throws {TypeError} if the lengths differ. @throws {InputError} if there are no measures, a value is not finite, or a measure does
 * not vary among the healthy.
 */
export function fitDomain(
  measures: Readonly<Record<string, ArrayLike<number>>>,
  { grades, share = 0.99 }: FitDomainOptions = {},
): Domain {
  const entries = Object.entries(measures);
  if (entries.length === 0) throw new InputError("Cannot learn a domain from no measures");
  if (!(share > 0 && share < 1)) {
    throw new InputError(`Cannot learn a domain: the share must be in (0, 1), got ${share}`);
  }
  const n = entries[0][1].length, byGrade = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const grade = grades ? grades[i] : 0;
    byGrade.set(grade, [...byGrade.get(grade) ?? [], i]);
  }
  const healthy = byGrade.get(Math.min(...byGrade.keys())) ?? [];
  const largest = Math.max(...Array.from(byGrade.values(), (each) => each.length));
  const floor = (largest + 1) * (1 - share) < 1 ? LEAST_LIMIT : 0;
  const learn = (name: string, values: ArrayLike<number>): DomainMeasure => {
    if (values.length !== n || (grades && grades.length !== n)) {
      throw new TypeError(
        `Cannot learn a domain: ${n} heads need as many values of "${name}", got ${values.length}`,
      );
    }
    const all = Float64Array.from(values), log = all.every((v) => v > 0);
    const scaled = log ? all.map(Math.log) : all;
    const { median, spread } = robustScale(healthy.map((i) => scaled[i]), name);
    const far = scaled.map((v) => Math.abs(v - median) / spread);
    if (!far.every(Number.isFinite)) {
      throw new InputError(`Cannot learn a domain: "${name}" holds a value that is not finite`);
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
 * Whether a head is unlike the cohort's: any measure beyond its limit, on either side (a blank crop has too little contrast). A
 * measure that is not finite, or not positive where all were, is out; one given as null cannot be taken of this head and is
 * passed over.
 *
 * @throws {TypeError} if a measure of the domain is not given.
 */
export function outOfDomain(head: Readonly<Record<string, number | null>>, domain: Domain): DomainVerdict {
  const reasons = Object.entries(domain.measures).flatMap(([measure, { median, spread, log, limit }]) => {
    if (!Object.hasOwn(head, measure)) {
      throw new TypeError(`Cannot judge the domain: no "${measure}" was given`);
    }
    const measured = head[measure];
    if (measured === null) return [];
    const value = log ? Math.log(Math.max(measured, 1e-300)) : measured;
    const z = (value - median) / spread;
    return Math.abs(z) <= limit ? [] : [{ measure, z: Number.isFinite(z) ? z : Number.MAX_VALUE }];
  });
  return { outOfDomain: reasons.length > 0, reasons };
}
