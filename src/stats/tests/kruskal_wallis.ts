import { midranks } from "../../array/midranks.ts";
import { checkSample } from "../samples/check_sample.ts";
import { chiSquareTail } from "../distributions/chi_square_tail.ts";
import { pool } from "../samples/pool.ts";
import { InputError } from "../../input_error.ts";

/** Result of {@linkcode kruskalWallis}. */
export interface KruskalWallis {
  /** H statistic, corrected for ties. */
  readonly h: number;
  /** Degrees of freedom. */
  readonly df: number;
  /** p-value from the chi-square distribution. */
  readonly p: number;
}

/**
 * Kruskal-Wallis test over two or more groups (Kruskal and Wallis 1952), tie-corrected. All values equal: h = 0, p = 1.
 *
 * @throws {InputError} if there are fewer than two groups, one is empty, or a value is not finite.
 */
export function kruskalWallis(groups: readonly ArrayLike<number>[]): KruskalWallis {
  if (groups.length < 2) {
    throw new InputError(`Cannot compute Kruskal-Wallis: at least 2 groups are needed, got ${groups.length}`);
  }
  groups.forEach((g, i) => checkSample("Kruskal-Wallis", g, { name: `group ${i}` }));
  const { ranks, tieSum } = midranks(pool(groups));
  const total = ranks.length, df = groups.length - 1;
  if (tieSum === total ** 3 - total) return { h: 0, df, p: 1 };
  let between = 0, at = 0;
  for (const group of groups) {
    let sum = 0;
    for (let i = 0; i < group.length; i++) sum += ranks[at++];
    between += group.length * (sum / group.length - (total + 1) / 2) ** 2;
  }
  const h = 12 / (total * (total + 1)) * between / (1 - tieSum / (total ** 3 - total));
  return { h, df, p: chiSquareTail(h, df) };
}
