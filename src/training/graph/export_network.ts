import {
  type Binding,
  type Builder,
  Graph,
  type Network,
  type Param,
  type Shape,
  sizeOf,
  type Value,
} from "./graph.ts";
import type { Layout, Slot } from "./layout.ts";

/** Result of a training run: the numbers, and the position of each array in them. */
export interface TrainedNetwork {
  /** Position of each array in `parameters` and `statistics`. */
  readonly layout: Layout;
  /** Values of the trainable parameters. */
  readonly parameters: Float32Array; // [p]
  /** Values of the running statistics of batch normalisation. */
  readonly statistics: Float32Array; // [s]
}

/** Names and sizes of a deployed network. */
export interface ExportOptions {
  /** Shape of one item, without the batch: [channels, height, width] for images. */
  shape: Shape;
  /** Name of the input. @default {"x"} */
  input?: string;
  /** Name of the output if the definition returns a single value. @default {"y"} */
  output?: string;
  /** Names of the axes that may vary, as in `GraphOptions`. @default {["n"]: the batch} */
  axisNames?: readonly (string | undefined)[];
}

/**
 * Writes a trained network as ONNX bytes, from the definition it was trained with. Parameters and running statistics
 * become constants. The batch size may vary; other sizes are fixed unless named. Arrays are looked up by name, so a
 * part of a network, such as an encoder, can be exported alone.
 *
 * @throws {TypeError} if the definition declares an array that was not trained or has a different shape.
 */
export function exportNetwork(
  network: Network | ((g: Builder, param: Param, x: Value) => Record<string, Value>),
  trained: TrainedNetwork,
  { shape, input = "x", output = "y", axisNames = ["n"] }: ExportOptions,
): Uint8Array<ArrayBuffer> {
  const g = new Graph({ training: false, axisNames, binding: constantBinding(trained) });
  const made = network(g, g.param, g.input(input, [1, ...shape]));
  const outputs = "graph" in made && made.graph === g
    ? { [output]: made as Value }
    : made as Record<string, Value>;
  for (const [name, value] of Object.entries(outputs)) g.output(name, value);
  return g.toModel();
}

/**
 * A binding to trained arrays, which become constants and are looked up by name.
 *
 * `parameter` and `statistic` throw a TypeError if an array was not trained or has a different shape.
 */
export function constantBinding({ layout, parameters, statistics }: TrainedNetwork): Binding {
  const find = (
    g: Builder,
    from: { slots: readonly Slot[]; vector: Float32Array },
    name: string,
    shape: Shape,
  ) => {
    const slot = from.slots.find((s) => s.name === name);
    if (!slot) throw new TypeError(`Cannot export "${name}": the trained network has no such array`);
    if (slot.shape.join() !== shape.join()) {
      throw new TypeError(`Cannot export "${name}" as [${shape}]: it was trained as [${slot.shape}]`);
    }
    return g.constant(from.vector.slice(slot.offset, slot.offset + sizeOf(shape)), shape, name);
  };
  return {
    parameter: (g, name, shape) => find(g, { slots: layout.parameters, vector: parameters }, name, shape),
    statistic: (g, name, shape) => find(g, { slots: layout.statistics, vector: statistics }, name, shape),
  };
}
