/** Standardised data of a proportional-odds fit. */
export interface OrdinalProblem {
  readonly x: Float64Array; // [n, p]
  readonly y: Int32Array; // [n], 0 to k - 1
  readonly weight: Float64Array; // [n]
  readonly n: number;
  readonly p: number;
  readonly k: number;
  readonly ridge: number;
}

/** Penalised log-likelihood, its gradient, and minus its Hessian (only the lower triangle is filled). */
export interface OrdinalStep {
  readonly value: number;
  readonly gradient: Float64Array; // [k - 1 + p]
  readonly information: Float64Array; // [k - 1 + p, k - 1 + p]
}

/**
 * The penalised log-likelihood at `at` = [thresholds, slopes], with its derivatives. If u and l are the upper and lower
 * threshold of a head's grade minus the linear predictor, the probability of the grade is logistic(u) - logistic(l) =
 * logistic(u) logistic(-l) (1 - e^(l - u)); the logarithm of the product is computed without cancellation. The value is
 * -Infinity if the thresholds do not ascend.
 */
export function ordinalStep({ x, y, weight, n, p, k, ridge }: OrdinalProblem, at: Float64Array): OrdinalStep {
  const q = k - 1 + p;
  const gradient = new Float64Array(q), information = new Float64Array(q * q);
  const row = new Float64Array(p); // features of one head
  let value = 0;
  for (let j = 1; j < k - 1; j++) {
    if (!(at[j] > at[j - 1])) return { value: -Infinity, gradient, information };
  }
  for (let i = 0; i < n; i++) {
    const g = y[i], w = weight[i];
    let sum = 0;
    for (let j = 0; j < p; j++) sum += at[k - 1 + j] * x[i * p + j];
    const u = g < k - 1 ? at[g] - sum : Infinity, l = g > 0 ? at[g - 1] - sum : -Infinity;
    const apart = 1 / Math.expm1(u - l); // 0 for the lowest and the highest grade, where l or u is infinite
    const both = Number.isFinite(apart) ? apart * (1 + apart) : 0;
    value += w * (logLogistic(u) + logLogistic(-l) + Math.log(-Math.expm1(l - u)));
    const du = g < k - 1 ? logistic(-u) + apart : 0, dl = g > 0 ? -logistic(l) - apart : 0;
    const uu = g < k - 1 ? logistic(u) * logistic(-u) + both : 0;
    const ll = g > 0 ? logistic(l) * logistic(-l) + both : 0;
    const ul = g > 0 && g < k - 1 ? both : 0;
    // The slopes enter both u and l as -x; each threshold enters only one of them.
    if (g < k - 1) {
      gradient[g] += w * du;
      information[g * q + g] += w * uu;
    }
    if (g > 0) {
      gradient[g - 1] += w * dl;
      information[(g - 1) * q + g - 1] += w * ll;
      if (g < k - 1) information[g * q + g - 1] -= w * ul;
    }
    const slope = uu + ll - 2 * ul;
    for (let j = 0; j < p; j++) row[j] = x[i * p + j];
    for (let j = 0; j < p; j++) {
      const at0 = (k - 1 + j) * q, xj = row[j];
      gradient[k - 1 + j] -= w * (du + dl) * xj;
      if (g < k - 1) information[at0 + g] -= w * (uu - ul) * xj;
      if (g > 0) information[at0 + g - 1] -= w * (ll - ul) * xj;
      for (let m = 0, c = w * slope * xj; m <= j; m++) information[at0 + k - 1 + m] += c * row[m];
    }
  }
  for (let j = k - 1; j < q; j++) {
    value -= ridge / 2 * at[j] * at[j];
    gradient[j] -= ridge * at[j];
    information[j * q + j] += ridge;
  }
  return { value, gradient, information };
}

/** 1 / (1 + e^-v). */
export function logistic(v: number): number {
  return v >= 0 ? 1 / (1 + Math.exp(-v)) : Math.exp(v) / (1 + Math.exp(v));
}

function logLogistic(v: number): number {
  return v >= 0 ? -Math.log1p(Math.exp(-v)) : v - Math.log1p(Math.exp(v));
}
