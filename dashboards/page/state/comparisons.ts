import type { ShortcutFinding } from "../../../src/normative/shortcut_audit.ts";
import type { PageStudy } from "./page_study.ts";
import type { Measure, Store } from "./store.ts";

/** One pair of grades, as in comparisons.json. */
export interface Pair {
  readonly a: string;
  readonly b: string;
  readonly nA: number;
  readonly nB: number;
  readonly clustersA?: number;
  readonly clustersB?: number;
  readonly clusteredP: number;
  readonly clusteredPAdjusted: number;
  readonly mannWhitneyU?: number;
  readonly mannWhitneyP: number;
  readonly mannWhitneyPAdjusted: number;
  readonly ksD?: number;
  readonly ksP?: number;
  readonly cliffsDelta: number;
  readonly cliffsDeltaInterval?: readonly [number, number];
  readonly hedgesG?: number;
  readonly auc: number;
  readonly aucIntervalBootstrap?: readonly [number, number];
  readonly aucIntervalDelong?: readonly [number, number];
  readonly detectableAuc?: number;
  readonly equivalence?: { readonly bound: number; readonly p: number; readonly smallestBound?: number };
}

/** The parts of comparisons.json that the page reads. */
export interface Comparisons {
  readonly groups: readonly {
    readonly group: string;
    readonly n: number;
    readonly clusters?: number;
    readonly median: number;
  }[];
  readonly pairs: readonly Pair[];
  readonly omnibus?: { readonly kruskalWallisH?: number; readonly p?: number; readonly clusteredP?: number };
  readonly trend?: { readonly jonckheereZ?: number; readonly p?: number; readonly clusteredP?: number };
  readonly detection?: readonly {
    readonly grade: number;
    readonly measure: string;
    readonly auc: number;
    readonly interval: readonly [number, number];
    readonly n: number;
  }[];
  /** The comparisons by residual and by combined score, by name of the measure. */
  readonly byMeasure?: Readonly<Record<string, Comparisons>>;
  readonly settings?: { readonly bootstraps?: number; readonly permutations?: number; readonly n?: number };
  readonly shortcuts?: readonly ShortcutFinding[];
  readonly withoutDiseasedPatients?: { readonly pairs?: readonly Pair[] };
  readonly staging?: {
    readonly confusion: readonly (readonly number[])[];
    readonly kappa: number;
    readonly kappaInterval?: readonly [number, number];
    readonly heads?: number;
    readonly patients?: number;
    readonly perGrade?: readonly {
      readonly grade: number;
      readonly sensitivity: number;
      readonly interval: readonly [number, number];
      readonly n: number;
    }[];
  };
}

/** Comparisons for the current measure and covariance, once the user has changed one of them. */
const inUse = new WeakMap<Store, Comparisons | "pending" | null>();

/** Sets the comparisons for the current values; `pending` while they are being computed. */
export function setComparisons(store: Store, comparisons: Comparisons | "pending" | null): void {
  inUse.set(store, comparisons);
}

/** Whether the comparisons for the current values are still being computed. */
export function comparing(store: Store): boolean {
  return inUse.get(store) === "pending";
}

/** The current comparisons; null if there are none, or while they are being computed. */
export function comparisonsOf(store: Store): Comparisons | null {
  if (!inUse.has(store)) return studyComparisons(store.study, "distance");
  const known = inUse.get(store);
  return known === "pending" ? null : known ?? null;
}

/** The comparisons that the study contains for a measure, or null. */
export function studyComparisons({ comparisons }: PageStudy, measure: Measure): Comparisons | null {
  const known = comparisons as Comparisons | null;
  if (!known || !Array.isArray(known.pairs)) return null;
  if (measure === "distance") return known;
  const by = known.byMeasure?.[measure];
  return by && Array.isArray(by.pairs) ? { ...known, ...by } : null;
}

/**
 * The current pairs. If the user has chosen so and the comparisons contain them, the pairs without the grade 0 hips of
 * patients whose other hip is diseased.
 */
export function pairsOf(store: Store): readonly Pair[] {
  const all = comparisonsOf(store);
  return (store.view.without ? all?.withoutDiseasedPatients?.pairs : null) ?? all?.pairs ?? [];
}

/** Adjusted p of the selected test; 1 if it is missing. */
export function adjustedP(store: Store, pair: Pair): number {
  const p = store.view.test === "clustered" ? pair.clusteredPAdjusted : pair.mannWhitneyPAdjusted;
  return Number.isFinite(p) ? Math.min(1, Math.max(0, p)) : 1;
}
