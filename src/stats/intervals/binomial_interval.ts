import { incompleteBeta } from "../distributions/incomplete_beta.ts";
import { invertTail } from "../distributions/invert_tail.ts";
import { wilsonInterval } from "./clustered_share.ts";
import { InputError } from "../../input_error.ts";

/** Options of {@linkcode binomialInterval}. */
export interface BinomialIntervalOptions {
  /** Nominal coverage, 0 to 1. @default {0.95} */
  level?: number;
  /**
   * `clopper-pearson` is exact: its coverage is never below the level. `wilson` is the score interval, which is shorter
   * and has about the nominal coverage on average. @default {"clopper-pearson"}
   */
  method?: "clopper-pearson" | "wilson";
}

/**
 * Confidence interval of a proportion, k of n (Clopper and Pearson 1934; Wilson 1927).
 *
 * @throws {InputError} unless k and n are whole numbers with 0 <= k <= n and n > 0.
 */
export function binomialInterval(
  k: number,
  n: number,
  { level = 0.95, method = "clopper-pearson" }: BinomialIntervalOptions = {},
): [number, number] {
  if (!Number.isInteger(n) || n < 1 || !Number.isInteger(k) || k < 0 || k > n) {
    throw new InputError(
      `Cannot form an interval of a proportion: k and n must be whole numbers with 0 <= k <= n and n > 0, got ${k} of ${n}`,
    );
  }
  return method === "wilson" ? wilsonInterval(k / n, n, level) : clopperPearson(k, n, level);
}

function clopperPearson(k: number, n: number, level: number): [number, number] {
  const alpha = (1 - level) / 2, ends = { low: 0, high: 1 };
  const beta = (a: number, b: number) => (x: number) => incompleteBeta(a, b, { x }).upper;
  const low = k === 0 ? 0 : invertTail(beta(k, n - k + 1), 1 - alpha, ends);
  const high = k === n ? 1 : invertTail(beta(k + 1, n - k), alpha, ends);
  return [low, high];
}
