import { add, divide, multiply, sqrt, square, subtract } from "../layers/elementwise.ts";
import type { Value } from "../graph/graph.ts";

/** State and settings of one AdamW step over a flat vector. */
export interface AdamWOptions {
  gradient: Value; // [p]
  /** Exponential moving average of the gradient. */
  first: Value; // [p]
  /** Exponential moving average of the squared gradient. */
  second: Value; // [p]
  /** Learning rate, a scalar. */
  rate: Value;
  /** 1 / (1 - beta1^t). */
  firstCorrection: Value;
  /** 1 / sqrt(1 - beta2^t). */
  secondCorrection: Value;
  /** @default {0.9} */
  beta1?: number;
  /** @default {0.999} */
  beta2?: number;
  /** @default {1e-8} */
  epsilon?: number;
  /**
   * Factor that weight decay applies to the parameters: a scalar, or one per parameter [p]. @default {1 - 0.01 rate}
   */
  kept?: Value;
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2), for all parameters
 * at once. Numbers that change from step to step are inputs, so the same graph is used for all steps.
 *
 * @returns the next parameters and moments, each [p].
 */
export function adamW(
  parameters: Value,
  {
    gradient,
    first,
    second,
    rate,
    firstCorrection,
    secondCorrection,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    kept = subtract(1, multiply(rate, 0.01)),
  }: AdamWOptions,
): { parameters: Value; first: Value; second: Value } {
  // g + beta (m - g) equals beta m + (1 - beta) g with one product fewer
  const nextFirst = add(gradient, multiply(subtract(first, gradient), beta1));
  const squared = square(gradient);
  const nextSecond = add(squared, multiply(subtract(second, squared), beta2));
  // scalars are combined first, because every product with a vector is a pass over all parameters
  const denominator = add(sqrt(nextSecond), divide(epsilon, secondCorrection));
  const stepSize = divide(multiply(rate, firstCorrection), secondCorrection);
  const change = multiply(divide(nextFirst, denominator), stepSize);
  return { parameters: subtract(multiply(parameters, kept), change), first: nextFirst, second: nextSecond };
}
