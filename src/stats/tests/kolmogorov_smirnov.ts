import { checkSample } from "../samples/check_sample.ts";
import { kolmogorovTail } from "../distributions/kolmogorov_tail.ts";

/** Options of {@linkcode kolmogorovSmirnov}. */
export interface KolmogorovSmirnovOptions {
  /** `auto` is exact if the product of the sizes is at most 4 million. @default {"auto"} */
  method?: "auto" | "exact" | "asymptotic";
}

/** Result of {@linkcode kolmogorovSmirnov}. */
export interface KolmogorovSmirnov {
  /** Largest gap between the two distribution functions. */
  readonly d: number;
  /** Two-sided p-value. */
  readonly p: number;
  /** Whether p is exact or asymptotic. */
  readonly method: "exact" | "asymptotic";
}

/**
 * Two-sample Kolmogorov-Smirnov test. The exact p is the share of lattice paths on which the gap between the two
 * distribution functions reaches the observed one, checked only at the ends of runs of tied values (Schroeer and
 * Trenkler 1995). This p is computed directly, not as 1 minus its complement, so that a small p keeps its precision.
 *
 * @throws {InputError} if a sample is empty or has a value that is not finite.
 */
export function kolmogorovSmirnov(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { method = "auto" }: KolmogorovSmirnovOptions = {},
): KolmogorovSmirnov {
  checkSample("Kolmogorov-Smirnov", a, { name: "the first sample" });
  checkSample("Kolmogorov-Smirnov", b, { name: "the second sample" });
  const m = a.length, n = b.length;
  const x = Float64Array.from(a).sort(), y = Float64Array.from(b).sort();
  const runEnds = new Uint8Array(m + n + 1); // [k] is 1 if a run of tied values ends after the k smallest values
  let i = 0, j = 0, gap = 0; // gap in units of 1 / (m n), a whole number
  while (i < m || j < n) {
    const v = i < m && (j >= n || x[i] <= y[j]) ? x[i] : y[j];
    while (i < m && x[i] === v) i++;
    while (j < n && y[j] === v) j++;
    runEnds[i + j] = 1;
    gap = Math.max(gap, Math.abs(i * n - j * m));
  }
  const d = gap / (m * n);
  if (method === "exact" || (method === "auto" && m * n <= 4e6)) {
    return { d, p: gap === 0 ? 1 : shareOutside({ m, n, gap, runEnds }), method: "exact" };
  }
  return { d, p: kolmogorovTail(d * Math.sqrt(m * n / (m + n))), method: "asymptotic" };
}

/** Share of all paths from (0, 0) to (m, n) that touch |i n - j m| >= gap at the end of a run. */
function shareOutside({ m, n, gap, runEnds }: { m: number; n: number; gap: number; runEnds: Uint8Array }) {
  const share = new Float64Array(n + 1); // share[j]: of the paths to (i, j), those that have been outside
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (i + j === 0) continue;
      if (runEnds[i + j] && Math.abs(i * n - j * m) >= gap) share[j] = 1;
      else share[j] = ((i > 0 ? i * share[j] : 0) + (j > 0 ? j * share[j - 1] : 0)) / (i + j);
    }
  }
  return Math.min(1, share[n]);
}
