/**
 * Training has diverged: the loss, the gradient or a weight is not finite, or the loss exceeds 1000 (1 + the first
 * loss).
 */
export class TrainingDivergedError extends Error {
  override readonly name = "TrainingDivergedError";
  /** Step at which the divergence was detected. */
  readonly step: number;
  /** The last checkpoint with finite weights, or null if none was written. */
  readonly checkpoint: { readonly path: string; readonly step: number } | null;

  constructor(
    message: string,
    { step, checkpoint }: { step: number; checkpoint: { path: string; step: number } | null },
  ) {
    super(message);
    this.step = step;
    this.checkpoint = checkpoint;
  }
}
