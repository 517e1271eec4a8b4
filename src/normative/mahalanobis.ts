import { checkRows } from "../array/check_rows.ts";

/** Centre and lower Cholesky factor of the covariance; a normative model is one. */
export interface Shape {
  readonly mean: Float64Array; // [d]
  readonly cholesky: Float64Array; // [d, d]
}

/**
 * Mahalanobis distance (not squared) of every row of `rows` [n, d] from the mean, under the covariance whose factor is given
 * (Mahalanobis 1936): |L^-1 (x - mean)|. Four rows at a time against the inverted factor.
 *
 * @throws {TypeError} if the length is no multiple of d. @throws {RangeError} if a value is not finite.
 */
export function mahalanobis(rows: Float64Array, { mean, cholesky }: Shape): Float64Array {
  const d = mean.length, n = checkRows(rows, d);
  const inverse = packedInverse(cholesky, d); // [d (d + 1) / 2], row by row
  const out = new Float64Array(n);
  const full = n - n % 4;
  const a = new Float64Array(d), b = new Float64Array(d), c = new Float64Array(d), e = new Float64Array(d);
  for (let r = 0; r < full; r += 4) {
    for (let k = 0, at = r * d; k < d; k++, at++) {
      const m = mean[k];
      a[k] = rows[at] - m;
      b[k] = rows[at + d] - m;
      c[k] = rows[at + 2 * d] - m;
      e[k] = rows[at + 3 * d] - m;
    }
    let sa = 0, sb = 0, sc = 0, se = 0;
    for (let i = 0, at = 0; i < d; i++) {
      let ya = 0, yb = 0, yc = 0, ye = 0;
      for (let k = 0; k <= i; k++) {
        const w = inverse[at++];
        ya += w * a[k];
        yb += w * b[k];
        yc += w * c[k];
        ye += w * e[k];
      }
      sa += ya * ya;
      sb += yb * yb;
      sc += yc * yc;
      se += ye * ye;
    }
    out[r] = Math.sqrt(sa);
    out[r + 1] = Math.sqrt(sb);
    out[r + 2] = Math.sqrt(sc);
    out[r + 3] = Math.sqrt(se);
  }
  for (let r = full; r < n; r++) {
    let sum = 0;
    for (let i = 0, at = 0; i < d; i++) {
      let y = 0;
      for (let k = 0; k <= i; k++) y += inverse[at++] * (rows[r * d + k] - mean[k]);
      sum += y * y;
    }
    out[r] = Math.sqrt(sum);
  }
  return out;
}

/** Inverse of a lower triangular factor, its rows end to end without the zeros above the diagonal. */
function packedInverse(l: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * (d + 1) / 2);
  const at = (i: number, k: number) => i * (i + 1) / 2 + k;
  for (let k = 0; k < d; k++) {
    inverse[at(k, k)] = 1 / l[k * d + k];
    for (let i = k + 1; i < d; i++) {
      let s = 0;
      for (let j = k; j < i; j++) s -= l[i * d + j] * inverse[at(j, k)];
      inverse[at(i, k)] = s / l[i * d + i];
    }
  }
  return inverse;
}
