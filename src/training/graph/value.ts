import type { ElementType } from "./encode_model.ts";
import type { Graph } from "./graph.ts";

/** A shape: sizes from the slowest axis to the fastest. Images are [batch, channels, height, width]. */
export type Shape = readonly number[];

/** How numbers lie in memory: in the order of the shape, or an image's channels in blocks (see `channel_blocks.ts`). */
export type MemoryLayout = "plain" | "blocked";

/** An array that a graph will compute. It has a name and a shape, and no numbers yet. */
export class Value {
  constructor(
    readonly graph: Graph,
    readonly name: string,
    readonly shape: Shape,
    readonly type: ElementType = "float32",
    readonly layout: MemoryLayout = "plain",
  ) {}

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }
}

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** @throws {TypeError} naming `what` unless every size is a whole number from 1. */
export function requireShape(what: string, shape: Shape): void {
  if (shape.every((size) => Number.isInteger(size) && size >= 1)) return;
  throw new TypeError(`Cannot build ${what}: sizes are whole numbers from 1, got [${shape}]`);
}
