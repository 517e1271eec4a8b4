import { midranks } from "../../array/midranks.ts";
import { checkSample } from "../samples/check_sample.ts";
import { pool } from "../samples/pool.ts";

/**
 * Area under the ROC curve of b over a: P(b > a) + P(b = a) / 2, by rank sums.
 *
 * @throws {InputError} if a sample is empty or has a value that is not finite.
 */
export function auc(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkSample("an AUC", a, { name: "the first sample" });
  checkSample("an AUC", b, { name: "the second sample" });
  const { ranks } = midranks(pool([a, b]));
  let sum = 0;
  for (let i = a.length; i < ranks.length; i++) sum += ranks[i];
  return (sum - b.length * (b.length + 1) / 2) / (a.length * b.length);
}
