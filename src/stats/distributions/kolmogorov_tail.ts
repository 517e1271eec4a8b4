import type { TailOptions } from "./normal_tail.ts";
import { InputError } from "../../input_error.ts";

/**
 * P(K > x) of Kolmogorov's limit distribution: Jacobi's theta series for x below 1.18, the alternating series above.
 *
 * @throws {InputError} if x is NaN.
 */
export function kolmogorovTail(x: number, { log = false }: TailOptions = {}): number {
  if (Number.isNaN(x)) throw new InputError("Cannot take a Kolmogorov tail: x must be a number, got NaN");
  if (x <= 0) return log ? 0 : 1;
  if (x < 1.18) {
    const w = -Math.PI * Math.PI / (8 * x * x);
    let sum = 0;
    for (let k = 1; k < 16; k += 2) sum += Math.exp(w * k * k);
    const lower = Math.sqrt(2 * Math.PI) / x * sum;
    return log ? Math.log1p(-lower) : 1 - lower;
  }
  // 2 (t - t^4 + t^9 - ...) with t = exp(-2 x^2), with the first factor separated for the logarithm
  let rest = 1;
  for (let k = 2; k < 50; k++) {
    const term = Math.exp(-2 * (k * k - 1) * x * x);
    rest += k % 2 === 0 ? -term : term;
    if (term < 1e-18) break;
  }
  const value = Math.LN2 - 2 * x * x + Math.log(rest);
  return log ? value : 2 * Math.exp(-2 * x * x) * rest;
}
