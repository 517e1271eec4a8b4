import { intraclassCorrelation } from "../stats/effects/intraclass_correlation.ts";
import { spearman } from "../stats/effects/spearman.ts";
import { InputError } from "../input_error.ts";

/** Result of {@linkcode retrainStability}. */
export interface RetrainStability {
  /** Number of training runs, each with another random seed. */
  readonly seeds: number;
  /** Number of heads. */
  readonly heads: number;
  /** Spearman correlation of the distances over all pairs of training runs: mean and minimum. */
  readonly spearman: { readonly mean: number; readonly least: number };
  /** ICC(3,1) of the distances with training runs as repeats. */
  readonly consistency: number;
  /** Standard deviation of each head's distance over the training runs. */
  readonly spread: Float64Array; // [heads]
}

/**
 * How much a head's distance depends on the random seed of training. The same heads are scored by models trained with
 * different seeds; `distances` has one array per seed. Distances of different training runs need not have the same
 * scale, so ranks are more informative than values.
 *
 * @throws {TypeError} if the arrays differ in length. @throws {InputError} if there are fewer than 2 seeds or 3 heads,
 * a distance is not finite, or the distances of a seed do not vary.
 */
export function retrainStability(distances: readonly ArrayLike<number>[]): RetrainStability {
  const seeds = distances.length, heads = distances[0]?.length ?? 0;
  if (seeds < 2 || heads < 3) {
    throw new InputError(
      `Cannot measure stability: at least 2 seeds and 3 heads are needed, got ${seeds} and ${heads}`,
    );
  }
  const bad = distances.findIndex((v) => v.length !== heads);
  if (bad >= 0) {
    throw new TypeError(
      `Cannot measure stability: seed ${bad} must have ${heads} heads as the first one, got ${
        distances[bad].length
      }`,
    );
  }
  const agreement: number[] = [];
  for (let a = 0; a < seeds; a++) {
    for (let b = a + 1; b < seeds; b++) agreement.push(spearman(distances[a], distances[b]));
  }
  const rows = Float64Array.from(
    { length: heads * seeds },
    (_, i) => distances[i % seeds][Math.floor(i / seeds)],
  );
  const spread = Float64Array.from({ length: heads }, (_, i) => {
    const values = rows.subarray(i * seeds, (i + 1) * seeds),
      mean = values.reduce((s, v) => s + v, 0) / seeds;
    return Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / (seeds - 1));
  });
  return {
    seeds,
    heads,
    spearman: {
      mean: agreement.reduce((s, v) => s + v, 0) / agreement.length,
      least: Math.min(...agreement),
    },
    consistency: intraclassCorrelation(rows, seeds).consistency,
    spread,
  };
}
