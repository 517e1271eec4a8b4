import type { Device } from "../../types.ts";
import { toPlain } from "./channel_blocks.ts";
import { encodeModel, type GraphParts, type Initializer, type OnnxNode, type Port } from "./encode_model.ts";
import type { GraphOptions } from "./graph_options.ts";
import { type Binding, NO_BINDING } from "./network.ts";
import {
  type Builder,
  type NodeOptions,
  type Param,
  type Pullback,
  requireShape,
  type Shape,
  sizeOf,
  type TapeEntry,
  Value,
} from "./value.ts";

export type { GraphOptions } from "./graph_options.ts";
export type { Binding, Network } from "./network.ts";
export {
  type Builder,
  type NodeOptions,
  type Param,
  type Shape,
  sizeOf,
  Value,
  type VariableOptions,
} from "./value.ts";

/**
 * Builds an ONNX graph, node by node, for given shapes (`axisNames` lets axes of inputs and outputs vary). In training, a
 * tape records each operation and how to differentiate it.
 *
 * Operations are plain functions, such as `conv2d(x, weight, { stride: 2 })`. Each computes its output's shape, calls
 * {@linkcode Graph.emit} for its nodes and {@linkcode Graph.differentiable} for its gradient. `gradients`
 * (layers/gradients.ts) then follows the tape backwards.
 */
export class Graph implements Builder {
  readonly training: boolean;
  readonly device: Device;
  readonly channelBlock: number;
  readonly axisNames: readonly (string | undefined)[];
  /** Batch statistics that update the running statistics, by name. */
  readonly statisticUpdates: Map<string, Value> = new Map();
  readonly tape: TapeEntry[] = [];
  readonly param: Param;
  #binding: Binding;
  #nodes: OnnxNode[] = [];
  #initializers: Initializer[] = [];
  #inputs: Port[] = [];
  #outputs: Port[] = [];
  #constants: Map<string, Value> = new Map();
  #count = 0;

  constructor(
    { training = true, device = "cpu", channelBlock = 1, axisNames = [], binding = NO_BINDING }:
      GraphOptions = {},
  ) {
    this.training = training;
    this.device = device;
    this.channelBlock = channelBlock;
    this.axisNames = axisNames;
    this.#binding = binding;
    this.param = (name, shape, options = {}) => this.#binding.parameter(this, name, shape, options);
  }

  /** Declares a running statistic with the starting value `initial`. */
  statistic(name: string, shape: Shape, initial: number): Value {
    return this.#binding.statistic(this, name, shape, initial);
  }

  /** Declares an input that each run feeds. */
  input(name: string, shape: Shape): Value {
    if (this.#inputs.some((port) => port.name === name)) {
      throw new TypeError(`Cannot add the input "${name}": names must be unique, and it exists already`);
    }
    requireShape(`input "${name}"`, shape);
    this.#inputs.push({ name, dims: this.#portDims(shape) });
    return new Value(this, name, shape);
  }

  /** Shapes of the inputs declared so far; NaN for an axis of variable size. */
  inputShapes(): Record<string, number[]> {
    return Object.fromEntries(this.#inputs.map(({ name, dims }) => [name, dims.map(Number)]));
  }

  /**
   * Declares an output. If a node computes the array, and it is not an output yet, the array itself gets the name;
   * otherwise an Identity node copies it.
   */
  output(name: string, made: Value): void {
    const value = toPlain(made);
    const computed = this.#nodes.some((node) => node.outputs.includes(value.name));
    const taken = this.#outputs.some((port) => port.name === value.name);
    this.#outputs.push({ name, dims: this.#portDims(value.shape) });
    if (!computed || taken) {
      this.#nodes.push({ op: "Identity", inputs: [value.name], outputs: [name], attributes: {} });
      return;
    }
    const rename = (other: string) => other === value.name ? name : other;
    for (const node of this.#nodes) {
      node.inputs = node.inputs.map(rename);
      node.outputs = node.outputs.map(rename);
    }
    (value as { name: string }).name = name;
  }

  /** Emits one node with one output of the given shape. */
  emit(op: string, inputs: readonly (Value | null)[], shape: Shape, options: NodeOptions = {}): Value {
    return this.emitMany(op, inputs, [shape], options)[0];
  }

  /** Emits one node with several outputs, one per shape. */
  emitMany(
    op: string,
    inputs: readonly (Value | null)[],
    shapes: readonly Shape[],
    { attributes = {}, type = "float32", layout }: NodeOptions = {},
  ): Value[] {
    const taken = layout ? inputs : inputs.map((value) => value && toPlain(value));
    const outputs = shapes.map((shape) => {
      requireShape(op, shape);
      return new Value(this, `${op.replace(/.*:/, "")}_${this.#count++}`, shape, type, layout);
    });
    this.#nodes.push({
      op,
      inputs: taken.map((value) => value?.name ?? ""),
      outputs: outputs.map((value) => value.name),
      attributes,
    });
    return outputs;
  }

  /** Records how the gradient of `output` becomes gradients of `inputs`; returns `output`. */
  differentiable(output: Value, inputs: readonly Value[], pullback: Pullback): Value {
    if (this.training) this.tape.push({ output, inputs, pullback });
    return output;
  }

  /** A constant array. */
  constant(data: Float32Array, shape: Shape, name?: string): Value {
    if (data.length !== sizeOf(shape)) {
      throw new TypeError(
        `Cannot make a constant: [${shape}] must hold ${sizeOf(shape)} numbers, got ${data.length}`,
      );
    }
    const called = name ?? `constant_${this.#count++}`;
    this.#initializers.push({ name: called, dims: shape, data });
    return new Value(this, called, shape);
  }

  /** A constant number; the same number is stored once. */
  number(value: number): Value {
    return this.#once(`number ${value}`, () => this.constant(new Float32Array([value]), []));
  }

  /** A constant vector filled with one number; stored once. */
  filled(value: number, length: number): Value {
    return this.#once(
      `filled ${value} ${length}`,
      () => this.constant(new Float32Array(length).fill(value), [length]),
    );
  }

  /** A short constant list of floats, such as the scales of Resize; stored once. */
  floats(...values: number[]): Value {
    return this.#once(`floats ${values}`, () => this.constant(Float32Array.from(values), [values.length]));
  }

  /** A short constant list of int64, as used by Reshape, Slice and reductions; stored once. */
  integers(...values: number[]): Value {
    return this.#once(`integers ${values}`, () => {
      const name = `integers_${this.#count++}`;
      this.#initializers.push({ name, dims: [values.length], data: BigInt64Array.from(values, BigInt) });
      return new Value(this, name, [values.length], "int64");
    });
  }

  /** The finished graph, without the nodes and constants that no output needs. */
  parts(): GraphParts {
    const needed = new Set(this.#outputs.map((port) => port.name));
    const nodes: OnnxNode[] = [];
    for (const node of [...this.#nodes].reverse()) {
      if (!node.outputs.some((name) => needed.has(name))) continue;
      nodes.unshift(node);
      for (const name of node.inputs) needed.add(name);
    }
    return {
      name: "caput",
      nodes,
      inputs: this.#inputs,
      outputs: this.#outputs,
      initializers: this.#initializers.filter((initializer) => needed.has(initializer.name)),
    };
  }

  /** The bytes of the ONNX file. */
  toModel(): Uint8Array<ArrayBuffer> {
    return encodeModel(this.parts());
  }

  #portDims(shape: Shape): (number | string)[] {
    return shape.map((size, axis) => this.axisNames[axis] ?? size);
  }

  #once(key: string, make: () => Value): Value {
    let value = this.#constants.get(key);
    if (!value) this.#constants.set(key, value = make());
    return value;
  }
}
