import { encodeLabels } from "../samples/encode_labels.ts";
import { normalQuantile } from "../distributions/normal_quantile.ts";
import { InputError } from "../../input_error.ts";

/** Result of {@linkcode clusteredShare}. */
export interface ClusteredShare {
  /** Share of heads that are hits, 0 to 1. */
  readonly share: number;
  /** Confidence interval at the chosen level. */
  readonly interval: readonly [number, number];
  /** Number of heads. */
  readonly n: number;
  /** Number of clusters (patients). */
  readonly clusters: number;
  /** Design effect: variance relative to independent heads, at least 1. */
  readonly designEffect: number;
}

/**
 * A proportion with Wilson's interval on the effective number of heads, n divided by the design effect (Rao and Scott
 * 1992, Biometrics 48:577). The design effect is at least 1, so several heads per patient never make the interval
 * shorter.
 *
 * @param hits for each head, whether it is counted (`true` or 1)
 * @param options.cluster cluster (patient) of each head; without it, heads are independent
 * @param options.level coverage of the interval. @default {0.95}
 * @throws {InputError} if there are no heads. @throws {TypeError} if hits and clusters differ in length.
 */
export function clusteredShare(
  hits: ArrayLike<number | boolean>,
  { cluster, level = 0.95 }: { cluster?: ArrayLike<string | number>; level?: number } = {},
): ClusteredShare {
  const n = hits.length;
  if (n === 0) throw new InputError("Cannot compute a share: there must be at least one head, got none");
  const labels = cluster ?? Array.from({ length: n }, (_, i) => i);
  const { codes, size } = encodeLabels([labels], [n]);
  const hit = new Float64Array(size), members = new Float64Array(size); // [clusters]
  for (let i = 0; i < n; i++) {
    hit[codes[i]] += hits[i] ? 1 : 0;
    members[codes[i]]++;
  }
  const share = hit.reduce((s, v) => s + v, 0) / n;
  let squares = 0;
  for (let c = 0; c < size; c++) squares += (hit[c] - members[c] * share) ** 2;
  const between = size > 1 ? size / (size - 1) * squares / (n * n) : 0;
  const within = share * (1 - share) / n;
  const designEffect = within > 0 ? Math.max(1, between / within) : 1;
  // The design effect of a share of 0 or 1 cannot be estimated, so the number of clusters replaces that of heads.
  const effective = within > 0 ? n / designEffect : size;
  return { share, interval: wilsonInterval(share, effective, level), n, clusters: size, designEffect };
}

/** Wilson's interval of a share among `n` heads; n need not be a whole number. */
export function wilsonInterval(share: number, n: number, level: number): [number, number] {
  const z = normalQuantile((1 + level) / 2), w = z * z / n;
  const centre = share + w / 2, half = z * Math.sqrt(share * (1 - share) / n + w / (4 * n));
  const low = share === 0 ? 0 : Math.max(0, (centre - half) / (1 + w));
  const high = share === 1 ? 1 : Math.min(1, (centre + half) / (1 + w));
  return [low, high];
}
