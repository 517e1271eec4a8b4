import type { Prng } from "../../array/seeded_prng.ts";
import { type Shape, sizeOf, type VariableOptions } from "./graph.ts";

/** Position of one trained array in a flat vector, and how it is initialised. */
export interface Slot {
  /** Name of the trained array, such as `decoder.0.bias`. */
  readonly name: string;
  /** Size of each axis. */
  readonly shape: Shape;
  /** First index in the flat vector. */
  readonly offset: number;
  /** Bound of the uniform distribution of starting values, or null if they are `constant`. */
  readonly bound: number | null;
  /** Starting value if `bound` is null. */
  readonly constant: number;
  /** Whether weight decay applies. */
  readonly decay: boolean;
}

/**
 * Positions of all arrays: parameters in one flat vector, running statistics in another. Plain data, stored in
 * checkpoints.
 */
export interface Layout {
  /** Trainable parameters. */
  readonly parameters: readonly Slot[];
  /** Running statistics of batch normalisation. */
  readonly statistics: readonly Slot[];
}

/** Length of the vector for these slots. */
export function lengthOf(slots: readonly Slot[]): number {
  return slots.reduce((total, slot) => total + sizeOf(slot.shape), 0);
}

/** Slot of an array declared after those in `before`. */
export function nextSlot(
  before: readonly Slot[],
  { name, shape, init, fanIn = sizeOf(shape.slice(1)), decay = shape.length > 1 }:
    & { name: string; shape: Shape }
    & VariableOptions,
): Slot {
  const rule = init ?? (shape.length > 1 ? "he" : 0);
  const bound = typeof rule === "number" ? null : Math.sqrt((rule === "he" ? 6 : 3) / fanIn);
  const constant = typeof rule === "number" ? rule : 0;
  return { name, shape: [...shape], offset: lengthOf(before), bound, constant, decay };
}

/** Initialises a vector according to its slots. Each array has its own random stream, named after it. */
export function initialise(slots: readonly Slot[], prng: Prng): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(lengthOf(slots));
  for (const { name, shape, offset, bound, constant } of slots) {
    const values = vector.subarray(offset, offset + sizeOf(shape));
    const chance = prng.fork(name);
    if (bound === null) values.fill(constant);
    else for (let i = 0; i < values.length; i++) values[i] = (2 * chance() - 1) * bound;
  }
  return vector;
}

/**
 * Copies trained arrays to a new layout, by name, so that training starts from them instead of random values.
 *
 * @throws {TypeError} if an array of `layout` was not trained or has a different shape.
 */
export function arrange(
  trained: { layout: Layout; parameters: Float32Array; statistics: Float32Array },
  layout: Layout,
): Record<"parameters" | "average" | "statistics", Float32Array<ArrayBuffer>> {
  const fill = (slots: readonly Slot[], from: { slots: readonly Slot[]; vector: Float32Array }) => {
    const vector = new Float32Array(lengthOf(slots));
    for (const { name, shape, offset } of slots) {
      const slot = from.slots.find((s) => s.name === name);
      if (slot?.shape.join() !== shape.join()) {
        throw new TypeError(
          `Cannot start from the trained network: "${name}" must be [${shape}], got ${
            slot ? `[${slot.shape}]` : "no such array"
          }`,
        );
      }
      vector.set(from.vector.subarray(slot.offset, slot.offset + sizeOf(shape)), offset);
    }
    return vector;
  };
  const parameters = fill(layout.parameters, {
    slots: trained.layout.parameters,
    vector: trained.parameters,
  });
  const statistics = fill(layout.statistics, {
    slots: trained.layout.statistics,
    vector: trained.statistics,
  });
  return { parameters, average: parameters, statistics };
}
