/** One step along a direction of the latent space. */
export interface TraversalStep {
  /** Position along the direction, in its standard deviations. */
  readonly position: number;
  /** Latent vector at this position, for the decoder. */
  readonly z: Float64Array; // [d]
}

/**
 * Latent vectors along one direction through a centre. Decoded, they show what a latent dimension (or an eigenvector of
 * the healthy covariance) represents.
 *
 * @param center Point at position 0, [d].
 * @param direction Vector of one standard deviation, [d].
 * @param options.positions Positions in standard deviations. @default {[-3, -2, -1, 0, 1, 2, 3]}
 * @throws {TypeError} if centre and direction differ in length.
 */
export function latentTraversal(
  center: Float64Array,
  direction: Float64Array,
  { positions = [-3, -2, -1, 0, 1, 2, 3] }: { positions?: readonly number[] } = {},
): TraversalStep[] {
  if (center.length !== direction.length) {
    throw new TypeError(
      `Cannot traverse the latent space: centre and direction must have the same length, got ${center.length} and ${direction.length}`,
    );
  }
  return positions.map((position) => ({
    position,
    z: center.map((value, i) => value + position * direction[i]),
  }));
}
