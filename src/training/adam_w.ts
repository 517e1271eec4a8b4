import { add, divide, multiply, type Operand, sqrt, square, subtract } from "./elementwise.ts";
import type { Value } from "./graph.ts";

/** State and settings of one AdamW step over a flat vector. */
export interface AdamWOptions {
  gradient: Value; // [p]
  /** Running mean of the gradient. */
  first: Value; // [p]
  /** Running mean of its square. */
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
  /** Decay a step, as a share of the rate: a number, or one for each parameter [p]. @default {0.01} */
  decay?: Operand;
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2), for all parameters
 * at once. Step-dependent numbers are inputs, so one graph serves every step.
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
    decay = 0.01,
  }: AdamWOptions,
): { parameters: Value; first: Value; second: Value } {
  // g + beta (m - g) is beta m + (1 - beta) g with one product less
  const nextFirst = add(gradient, multiply(subtract(first, gradient), beta1));
  const squared = square(gradient);
  const nextSecond = add(squared, multiply(subtract(second, squared), beta2));
  const spread = add(multiply(sqrt(nextSecond), secondCorrection), epsilon);
  const move = multiply(divide(nextFirst, spread), multiply(rate, firstCorrection));
  const kept = multiply(parameters, subtract(1, multiply(rate, decay)));
  return { parameters: subtract(kept, move), first: nextFirst, second: nextSecond };
}
