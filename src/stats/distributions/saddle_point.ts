/**
 * Terms of the saddle-point form of gamma and beta densities (Loader 2000, Fast and accurate computation of binomial
 * probabilities). They replace differences of large log gamma values, in which digits would cancel.
 */

const LOG_SQRT_2PI = 0.9189385332046727417803297364056;

/** log Gamma(n + 1) minus Stirling's formula, n > 0. */
export function stirlingError(n: number): number {
  if (n >= 15) return stirlingSeries(n);
  let sum = 0, z = n;
  // error(n) = error(n + 1) + (n + 1/2) log(1 + 1/n) - 1, applied until the series converges
  while (z < 15) {
    sum += (z + 0.5) * Math.log1p(1 / z) - 1;
    z += 1;
  }
  return sum + stirlingSeries(z);
}

function stirlingSeries(n: number): number {
  const r = 1 / (n * n);
  return (1 / 12 -
    (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360 - r / 156) * r) * r) * r) * r) * r) / n;
}

/** x log(x / m) + m - x, without cancellation near x = m. */
export function devianceTerm(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m), square = v * v;
  let sum = (x - m) * v, term = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    term *= square;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** log of x^a e^-x / Gamma(a + 1), a > 0, x > 0. */
export function logPoissonTerm(a: number, x: number): number {
  return -stirlingError(a) - devianceTerm(a, x) - LOG_SQRT_2PI - 0.5 * Math.log(a);
}

/** log of Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b for y = 1 - x. */
export function logBinomialTerm(a: number, b: number, { x, y }: { x: number; y: number }): number {
  const n = a + b;
  return stirlingError(n) - stirlingError(a) - stirlingError(b) - devianceTerm(a, n * x) -
    devianceTerm(b, n * y) + 0.5 * Math.log(n / (a * b)) - LOG_SQRT_2PI;
}
