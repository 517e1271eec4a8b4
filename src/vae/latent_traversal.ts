/** One step along a direction of the latent space. */
export interface TraversalStep {
  /** Position along the direction, in its standard deviations. */
  readonly position: number;
  readonly z: Float64Array; // [d]
}

/**
 * Codes along one direction through a centre, to be decoded: what a latent dimension (or an eigen-direction of the healthy
 * covariance) looks like.
 *
 * @param center Where the walk has position 0, [d].
 * @param direction One standard deviation of the walk, [d].
 * @param options.positions Standard deviations at which to stop. @default {[-3, -2, -1, 0, 1, 2, 3]}
 * @throws {TypeError} if the two differ in length.
 */
export function latentTraversal(
  center: Float64Array,
  direction: Float64Array,
  { positions = [-3, -2, -1, 0, 1, 2, 3] }: { positions?: readonly number[] } = {},
): TraversalStep[] {
  if (center.length !== direction.length) {
    throw new TypeError(
      `Cannot walk the latent space: centre and direction must have the same length, got ${center.length} and ${direction.length}`,
    );
  }
  return positions.map((position) => ({
    position,
    z: center.map((value, i) => value + position * direction[i]),
  }));
}
