import { midranks } from "../../array/midranks.ts";
import { checkSample } from "../samples/check_sample.ts";
import { normalTail } from "../distributions/normal_tail.ts";
import { pool } from "../samples/pool.ts";
import { exactRankSumP } from "./exact_rank_sum.ts";

/** Options of {@linkcode mannWhitney}. */
export interface MannWhitneyOptions {
  /**
   * `auto` is exact if both samples have fewer than 50 values, even with ties (R has the same limit, but is exact only
   * without ties). @default {"auto"}
   */
  method?: "auto" | "exact" | "asymptotic";
  /** Continuity correction of 1/2 in the asymptotic test. @default {true} */
  continuity?: boolean;
}

/** Result of {@linkcode mannWhitney}. */
export interface MannWhitney {
  /**
   * Number of pairs in which a is above b, ties counting half, as in R's `wilcox.test(a, b)` and SciPy's
   * `mannwhitneyu(a, b)`.
   */
  readonly u: number;
  /** Two-sided p-value. */
  readonly p: number;
  /** Whether p is exact or asymptotic. */
  readonly method: "exact" | "asymptotic";
}

/**
 * Two-sided Mann-Whitney test (Mann and Whitney 1947). The asymptotic test uses the tie-corrected variance. The exact
 * test counts all splits of the pooled midranks, so ties are taken into account; its p is P(|W - E| >= |w - E|), with
 * observed rank sum w and mean E, as in R's coin. Without ties it equals that of R's and SciPy's exact tests. All
 * values equal: p = 1.
 *
 * @example
 * ```ts
 * import { mannWhitney } from "@caput/caput";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mannWhitney([1, 2, 3], [4, 5, 6]), { u: 0, p: 0.1, method: "exact" });
 * ```
 *
 * @throws {InputError} if a sample is empty or has a value that is not finite.
 */
export function mannWhitney(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { method = "auto", continuity = true }: MannWhitneyOptions = {},
): MannWhitney {
  checkSample("Mann-Whitney", a, { name: "the first sample" });
  checkSample("Mann-Whitney", b, { name: "the second sample" });
  const m = a.length, n = b.length, total = m + n;
  const { ranks, tieSum } = midranks(pool([a, b]));
  let rankSum = 0;
  for (let i = 0; i < m; i++) rankSum += ranks[i];
  const u = rankSum - m * (m + 1) / 2;
  const exact = method === "exact" || (method === "auto" && m < 50 && n < 50);
  if (exact) return { u, p: exactRankSumP(ranks, m), method: "exact" };
  const variance = m * n / 12 * (total + 1 - tieSum / (total * (total - 1)));
  if (tieSum === total ** 3 - total) return { u, p: 1, method: "asymptotic" };
  const gap = Math.abs(u - m * n / 2) - (continuity ? 0.5 : 0);
  return { u, p: Math.min(1, 2 * normalTail(gap / Math.sqrt(variance))), method: "asymptotic" };
}
