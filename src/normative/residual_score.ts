/** Options of {@linkcode residualScore}. */
export interface ResidualScoreOptions {
  /** 1 where the head is, to leave the surround out. @default every pixel */
  mask?: ArrayLike<number>;
}

/**
 * One number for a residual map: the root mean square of its z over the head, on the cohort-fixed scale the map was made with.
 *
 * @throws {TypeError} if the mask has another size. @throws {RangeError} if the mask is empty or a z is not finite.
 */
export function residualScore(z: ArrayLike<number>, { mask }: ResidualScoreOptions = {}): number {
  if (mask && mask.length !== z.length) {
    throw new TypeError(`Cannot score a residual map of ${z.length} pixels with a mask of ${mask.length}`);
  }
  let sum = 0, count = 0;
  for (let i = 0; i < z.length; i++) {
    if (mask && mask[i] === 0) continue;
    sum += z[i] * z[i];
    count++;
  }
  if (count === 0) throw new RangeError("Cannot score a residual map: no pixel lies in the mask");
  if (!Number.isFinite(sum)) throw new RangeError("Cannot score a residual map: a z is not finite");
  return Math.sqrt(sum / count);
}
