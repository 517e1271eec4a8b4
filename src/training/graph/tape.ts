import type { Value } from "./value.ts";

/**
 * Given dL/d(output), emits dL/d(input) for each input, null where it is constant in that input.
 * `wanted` tells which inputs lead to something that is trained, so that the other gradients need no node.
 */
export type Pullback = (outputGradient: Value, wanted: (input: Value) => boolean) => (Value | null)[];

/** One differentiable operation as it was recorded. */
export interface TapeEntry {
  readonly output: Value;
  readonly inputs: readonly Value[];
  readonly pullback: Pullback;
}
