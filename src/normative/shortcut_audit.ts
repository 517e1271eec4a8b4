import { ascendingOrder } from "../array/midranks.ts";
import { weightedAuc } from "../stats/intervals/auc_difference.ts";
import { type ClusterBootstrap, clusterBootstrap } from "../stats/intervals/cluster_bootstrap.ts";
import { weightedPearson } from "../stats/effects/spearman.ts";
import { weightedRanks } from "../stats/effects/weighted_ranks.ts";
import { holm } from "../stats/correction/holm.ts";
import { normalQuantile } from "../stats/distributions/normal_quantile.ts";
import { normalTail } from "../stats/distributions/normal_tail.ts";
import { InputError } from "../input_error.ts";

/** Association between the distance and one attribute of which the distance should be independent. */
export interface ShortcutFinding {
  /** Name of the attribute, such as site or age. */
  readonly attribute: string;
  /** For text attributes, the level that is compared with all others; else null. */
  readonly level: string | null;
  /** AUC (no association: 1/2) or Spearman's rho (no association: 0). */
  readonly kind: "auc" | "spearman";
  /** AUC or rho of the data. */
  readonly estimate: number;
  /** 95 % bootstrap interval, resampled by patient; null if it cannot be computed. */
  readonly interval: readonly [number, number] | null;
  /** Number of heads whose attribute is known. */
  readonly n: number;
  /** Two-sided p of no association, from the bootstrap interval; null if there is no interval. */
  readonly p: number | null;
  /** p after Holm's correction over all findings that have a p; null for the others. */
  readonly pAdjusted: number | null;
  /** True if the adjusted p is below 0.05: an association was found. */
  readonly tells: boolean;
}

/** Options of {@linkcode shortcutAudit}. */
export interface ShortcutAuditOptions {
  /**
   * Values of each attribute by its name: numbers (age, head size, exposure) or text (side, sex, site). Null, "" and
   * numbers that are not finite mean unknown.
   */
  attributes: Readonly<Record<string, ArrayLike<number | string | null | undefined>>>;
  /** Patient of each head. */
  patient: ArrayLike<string | number>; // [n]
  /** Number of bootstrap samples. @default {2000} */
  bootstraps?: number;
  /** Random seed. @default {1} */
  seed?: number;
}

/**
 * Association of the distance of *healthy* heads with side, site, sex, age, head size or exposure. An attribute that
 * the distance reflects in healthy heads may act as a shortcut in diseased ones. For text, each level is compared with
 * the rest by the AUC (if there are two levels, only the second in sort order). For numbers, Spearman's correlation is
 * used. Intervals resample patients; p is corrected by Holm's method over all findings. An attribute is left out if it
 * is known for fewer than 3 heads, or if, among those heads, the attribute or the distance does not vary.
 *
 * @throws {TypeError} if the lengths differ. @throws {InputError} if a distance is not finite.
 */
export function shortcutAudit(
  distances: ArrayLike<number>,
  { attributes, patient, bootstraps = 2000, seed = 1 }: ShortcutAuditOptions,
): ShortcutFinding[] {
  const n = distances.length;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(distances[i])) {
      throw new InputError(`Cannot audit: the distance of head ${i} is not finite`);
    }
  }
  const findings = Object.entries(attributes).flatMap(([attribute, cells]): Unadjusted[] => {
    if (cells.length !== n || patient.length !== n) {
      throw new TypeError(
        `Cannot audit "${attribute}": each of ${n} heads must have a value and a patient, got ${cells.length} and ${patient.length}`,
      );
    }
    const known = Array.from({ length: n }, (_, i) => i).filter((i) => isKnown(cells[i]));
    const distance = Float64Array.from(known, (i) => distances[i]);
    const resampling = { cluster: known.map((i) => patient[i]), bootstraps, seed };
    if (known.length < 3 || distance.every((v) => v === distance[0])) return [];
    const values = known.map((i) => cells[i]!);
    if (values.every((v) => typeof v === "number")) {
      const found = auditNumber(distance, Float64Array.from(values as number[]), resampling);
      return found ? [{ attribute, level: null, ...found }] : [];
    }
    const texts = values.map(String), levels = [...new Set(texts)].sort();
    if (levels.length < 2) return [];
    return (levels.length === 2 ? levels.slice(1) : levels).map((level) => ({
      attribute,
      level,
      ...auditLevel(distance, texts.map((t) => (t === level ? 1 : 0)), resampling),
    }));
  });
  const tested = findings.filter(({ p }) => p !== null), adjusted = holm(tested.map(({ p }) => p!));
  return findings.map((found) => {
    const at = tested.indexOf(found), pAdjusted = at < 0 ? null : adjusted[at];
    return { ...found, pAdjusted, tells: pAdjusted !== null && pAdjusted < 0.05 };
  });
}

type Unadjusted = Omit<ShortcutFinding, "pAdjusted" | "tells">;

interface Resampling {
  cluster: (string | number)[];
  bootstraps: number;
  seed: number;
}

function isKnown(cell: unknown): boolean {
  return cell !== null && cell !== undefined && cell !== "" &&
    !(typeof cell === "number" && !Number.isFinite(cell));
}

function auditNumber(distance: Float64Array, x: Float64Array, resampling: Resampling) {
  if (x.every((v) => v === x[0])) return null;
  const byDistance = ascendingOrder(distance), byX = ascendingOrder(x);
  const found = clusterBootstrap(
    (weight) =>
      weightedPearson(weightedRanks(distance, byDistance, weight), weightedRanks(x, byX, weight), weight),
    resampling,
  );
  return finding("spearman", found, { nullValue: 0, n: x.length });
}

function auditLevel(distance: Float64Array, positive: number[], resampling: Resampling) {
  const order = ascendingOrder(distance);
  const found = clusterBootstrap((weight) => weightedAuc(distance, order, { positive, weight }), resampling);
  return finding("auc", found, { nullValue: 0.5, n: positive.length });
}

function finding(
  kind: "auc" | "spearman",
  { estimate, interval }: ClusterBootstrap,
  { nullValue, n }: { nullValue: number; n: number },
) {
  return { kind, estimate, interval, n, p: interval && pFromInterval(estimate, { interval, nullValue }) };
}

/**
 * Two-sided p that is 0.05 where the 95 % interval just reaches the null value: the half width of the interval towards
 * the null value is taken as 1.96 standard errors.
 */
function pFromInterval(
  estimate: number,
  { interval: [low, high], nullValue }: { interval: readonly [number, number]; nullValue: number },
): number {
  const reach = estimate > nullValue ? estimate - low : high - estimate;
  const away = Math.abs(estimate - nullValue);
  return away === 0 ? 1 : Math.min(1, 2 * normalTail(normalQuantile(0.975) * away / reach));
}
