import type { Device } from "../../types.ts";
import type { Attribute, ElementType } from "./encode_model.ts";

/** A shape: sizes from the slowest axis to the fastest. Images are [batch, channels, height, width]. */
export type Shape = readonly number[];

/** Memory layout: plain row-major order, or an image's channels in blocks (see `channel_blocks.ts`). */
export type MemoryLayout = "plain" | "blocked";

/** An array of a graph: an input, a constant or a result. It has a name and a shape, but no numbers. */
export class Value {
  constructor(
    readonly graph: Builder,
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

/** Options of a node. */
export interface NodeOptions {
  attributes?: Readonly<Record<string, Attribute>>;
  /** Element type of the node's outputs. @default {"float32"} */
  type?: ElementType;
  /**
   * Layout of the outputs. If given, the node takes its inputs in whatever layout they have. If omitted, blocked inputs
   * are first converted to the plain layout, and the outputs are plain.
   */
  layout?: MemoryLayout;
}

/**
 * Given dL/d(output), emits dL/d(input) for each input, or null for inputs whose gradient is not needed.
 * `wanted` says whether an input depends on a parameter; only then is its gradient needed.
 */
export type Pullback = (outputGradient: Value, wanted: (input: Value) => boolean) => (Value | null)[];

/** One recorded differentiable operation. */
export interface TapeEntry {
  readonly output: Value;
  readonly inputs: readonly Value[];
  readonly pullback: Pullback;
}

/** How a new parameter is initialised, and whether weight decay applies. */
export interface VariableOptions {
  /**
   * `he` is uniform within sqrt(6 / fan-in) (He et al. 2015, arXiv:1502.01852, eq. 10), `lecun` uniform within
   * sqrt(3 / fan-in). A number is a constant. @default {"he" for two or more axes, 0 for one}
   */
  init?: "he" | "lecun" | number;
  /** Number of inputs that contribute to one output. @default {the product of all sizes but the first} */
  fanIn?: number;
  /** Whether weight decay applies. @default {true for two or more axes, so not for biases and normalisation layers} */
  decay?: boolean;
}

/** Declares a trained array: `param("enc0.weight", [16, 1, 3, 3])`. Names are unique within a network. */
export type Param = (name: string, shape: Shape, options?: VariableOptions) => Value;

/** The part of a graph that operations use to add nodes. `Graph` implements it. */
export interface Builder {
  readonly training: boolean;
  readonly device: Device;
  readonly channelBlock: number;
  readonly statisticUpdates: Map<string, Value>;
  readonly tape: TapeEntry[];
  readonly param: Param;
  statistic(name: string, shape: Shape, initial: number): Value;
  input(name: string, shape: Shape): Value;
  output(name: string, made: Value): void;
  emit(op: string, inputs: readonly (Value | null)[], shape: Shape, options?: NodeOptions): Value;
  emitMany(
    op: string,
    inputs: readonly (Value | null)[],
    shapes: readonly Shape[],
    options?: NodeOptions,
  ): Value[];
  differentiable(output: Value, inputs: readonly Value[], pullback: Pullback): Value;
  constant(data: Float32Array, shape: Shape, name?: string): Value;
  number(value: number): Value;
  filled(value: number, length: number): Value;
  floats(...values: number[]): Value;
  integers(...values: number[]): Value;
}

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Checks that every size is a whole number from 1. @throws {TypeError} that names `what` if one is not. */
export function requireShape(what: string, shape: Shape): void {
  if (shape.every((size) => Number.isInteger(size) && size >= 1)) return;
  throw new TypeError(`Cannot build ${what}: sizes must be whole numbers from 1, got [${shape}]`);
}
