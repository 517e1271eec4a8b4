/**
 * Loss functions; each returns a scalar [] and throws a TypeError if the shapes differ. Targets are
 * inputs or constants, so no gradient is computed for them.
 */
import { sigmoid, softplus } from "../layers/activations.ts";
import { add, divide, multiply, sameShape, square, subtract } from "../layers/elementwise.ts";
import type { Value } from "../graph/graph.ts";
import { mean, sum } from "../layers/reductions.ts";

/** Options of weighted losses. */
export interface WeightedOptions {
  /**
   * Weight of each element, in the shape of the predictions; 0 excludes it. The loss is sum(weight * loss) /
   * sum(weight); in `softDice` the weights apply within its sums. @default {1 everywhere}
   */
  weight?: Value;
}

/**
 * Mean binary cross-entropy of logits, as softplus(l) - l t, which neither overflows nor loses precision.
 *
 * @param logits any shape
 * @param target same shape, 0 to 1
 */
export function bceWithLogits(logits: Value, target: Value, { weight }: WeightedOptions = {}): Value {
  requireSame("bceWithLogits", logits, target);
  return weightedMean(subtract(softplus(logits), multiply(logits, target)), weight);
}

/**
 * 1 - mean over images of (2 sum(p t) + smooth) / (sum(p) + sum(t) + smooth)
 * (Milletari et al. 2016, arXiv:1606.04797, with plain sums in the denominator).
 *
 * @param probability [n, ...], 0 to 1
 * @param target same shape
 */
export function softDice(
  probability: Value,
  target: Value,
  { weight, smooth = 1 }: WeightedOptions & { smooth?: number } = {},
): Value {
  requireSame("softDice", probability, target);
  const axes = probability.shape.map((_, k) => k).slice(1);
  const total = (v: Value) => sum(weight ? multiply(v, weight) : v, { axes }); // [n]
  const overlap = multiply(total(multiply(probability, target)), 2);
  const areas = add(total(probability), total(target));
  return subtract(1, mean(divide(add(overlap, smooth), add(areas, smooth))));
}

/**
 * Focal loss of logits (Lin et al. 2017, arXiv:1708.02002, eq. 5) with gamma = 2:
 * -balance_t (1 - p_t)^2 log p_t, averaged.
 *
 * @param logits any shape
 * @param target same shape, 0 or 1
 * @param options.balance weight of the positives, 0 to 1; the negatives get the rest
 */
export function focalWithLogits(
  logits: Value,
  target: Value,
  { weight, balance = 0.25 }: WeightedOptions & { balance?: number } = {},
): Value {
  requireSame("focalWithLogits", logits, target);
  const crossEntropy = subtract(softplus(logits), multiply(logits, target)); // -log p_t
  const p = sigmoid(logits);
  const missed = subtract(add(p, target), multiply(multiply(p, target), 2)); // 1 - p_t
  const side = add(multiply(target, 2 * balance - 1), 1 - balance);
  return weightedMean(multiply(multiply(side, square(missed)), crossEntropy), weight);
}

/** Mean squared error; `a` and `b` have the same shape. */
export function meanSquaredError(a: Value, b: Value, { weight }: WeightedOptions = {}): Value {
  requireSame("meanSquaredError", a, b);
  return weightedMean(square(subtract(a, b)), weight);
}

function weightedMean(loss: Value, weight?: Value): Value {
  if (!weight) return mean(loss);
  return divide(sum(multiply(loss, weight)), sum(weight));
}

function requireSame(op: string, a: Value, b: Value): void {
  if (sameShape(a.shape, b.shape)) return;
  throw new TypeError(
    `Cannot build ${op}: both arrays must have the same shape, got [${a.shape}] and [${b.shape}]`,
  );
}
