/** Settings of the optimiser, as plain data. */
export interface OptimiserSettings {
  /** Maximum learning rate. */
  readonly rate: number;
  /** Steps of linear warm-up from 0. */
  readonly warmup: number;
  /** Learning rate at the last step, as a share of `rate`. The rate decreases along a cosine. */
  readonly finalShare: number;
  /** Decay of the first moment. */
  readonly beta1: number;
  /** Decay of the second moment. */
  readonly beta2: number;
  /** Added to the denominator. */
  readonly epsilon: number;
  /** Weight decay. It does not apply to biases and normalisation layers unless declared with `decay: true`. */
  readonly weightDecay: number;
  /** Maximum global norm of the gradient; larger gradients are scaled down to it. Infinity: no clipping. */
  readonly clip: number;
  /**
   * Decay of the exponential moving average of the weights (smaller in the first steps); the average is deployed.
   * 0: no average.
   */
  readonly average: number;
  /** Weight of the current batch in the running statistics of BatchNorm (larger in the first steps). */
  readonly momentum: number;
}

/** Settings that suit a small convolutional network. */
export const OPTIMISER: OptimiserSettings = {
  rate: 1e-3,
  warmup: 100,
  finalShare: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
  clip: 1,
  average: 0,
  momentum: 0.1,
};

/** The scalars that differ from step to step. */
export interface StepScalars {
  /** Learning rate. */
  readonly rate: number;
  /** Adam's bias correction of the first moment, 1 / (1 - beta1^step). */
  readonly firstCorrection: number;
  /** Adam's bias correction of the second moment, 1 / sqrt(1 - beta2^step). */
  readonly secondCorrection: number;
  /** Weight of the current parameters in their moving average. */
  readonly averageRate: number;
  /** Weight of the current batch in the running statistics. */
  readonly statisticsRate: number;
}

/**
 * The scalars of one step. The learning rate has a linear warm-up, then a cosine (Loshchilov and Hutter 2017,
 * arXiv:1608.03983, eq. 5). The decay of the weight average rises as step / (step + 9) until it reaches `average` (as
 * with TensorFlow's `num_updates`). The running statistics start as plain means of the first batches, unlike PyTorch's,
 * which are biased towards their starting values.
 *
 * @param step from 1
 */
export function stepScalars(
  step: number,
  { steps, ...o }: OptimiserSettings & { steps: number },
): StepScalars {
  const progress = Math.min(1, Math.max(0, (step - o.warmup) / Math.max(1, steps - o.warmup)));
  const cosine = o.finalShare + (1 - o.finalShare) * 0.5 * (1 + Math.cos(Math.PI * progress));
  return {
    rate: o.rate * Math.min(1, step / Math.max(1, o.warmup)) * cosine,
    firstCorrection: 1 / (1 - o.beta1 ** step),
    secondCorrection: 1 / Math.sqrt(1 - o.beta2 ** step),
    averageRate: 1 - Math.min(o.average, step / (step + 9)),
    statisticsRate: Math.max(o.momentum, 1 / step),
  };
}
