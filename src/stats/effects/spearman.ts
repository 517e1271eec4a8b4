import { midranks } from "../../array/midranks.ts";
import { checkSample } from "../samples/check_sample.ts";
import { InputError } from "../../input_error.ts";

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, with midranks for ties.
 *
 * @throws {TypeError} if the lengths differ. @throws {InputError} if there are fewer than 3 pairs, a value is not
 * finite, or one variable does not vary.
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) {
    throw new TypeError(`Cannot correlate: the lengths must be equal, got ${x.length} and ${y.length}`);
  }
  checkSample("Spearman's correlation", x, { least: 3, name: "the first variable" });
  checkSample("Spearman's correlation", y, { least: 3, name: "the second variable" });
  const rho = weightedPearson(midranks(x).ranks, midranks(y).ranks);
  if (rho === null) throw new InputError("Cannot correlate: one variable does not vary");
  return rho;
}

/** Pearson's correlation with weights (by default 1 each); null if one variable does not vary. */
export function weightedPearson(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weight?: ArrayLike<number>,
): number | null {
  let total = 0, sumX = 0, sumY = 0;
  for (let i = 0; i < x.length; i++) {
    const w = weight ? weight[i] : 1;
    total += w;
    sumX += w * x[i];
    sumY += w * y[i];
  }
  const meanX = sumX / total, meanY = sumY / total;
  let xx = 0, yy = 0, xy = 0;
  for (let i = 0; i < x.length; i++) {
    const w = weight ? weight[i] : 1, a = x[i] - meanX, b = y[i] - meanY;
    xx += w * a * a;
    yy += w * b * b;
    xy += w * a * b;
  }
  return xx > 0 && yy > 0 ? Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy))) : null;
}
