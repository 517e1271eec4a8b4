import type { Graph } from "./graph.ts";
import type { Shape, Value } from "./value.ts";

/** How a new parameter is filled and whether weight decay shrinks it. */
export interface VariableOptions {
  /**
   * `he` is uniform within sqrt(6 / fan-in) (He et al. 2015, arXiv:1502.01852, eq. 10), `lecun` within sqrt(3 / fan-in),
   * a number is a constant. @default {"he" for two or more axes, 0 for one}
   */
  init?: "he" | "lecun" | number;
  /** Inputs that meet in one output. @default {the size without its first axis} */
  fanIn?: number;
  /** Whether AdamW decays it. @default {true for two or more axes: neither biases nor norms} */
  decay?: boolean;
}

/** Declares a trained array: `param("enc0.weight", [16, 1, 3, 3])`. Names are unique within a network. */
export type Param = (name: string, shape: Shape, options?: VariableOptions) => Value;

/** A network, written once for training and deployment: from one array to another. */
export type Network = (g: Graph, param: Param, x: Value) => Value;

/** Where a graph's trained numbers come from: a slice of the flat vector in training, a constant at export. */
export interface Binding {
  /** Declares (or finds) a trained array. */
  parameter(graph: Graph, name: string, shape: Shape, options: VariableOptions): Value;
  /** Declares (or finds) a running statistic, an array that training averages and does not differentiate. */
  statistic(graph: Graph, name: string, shape: Shape, initial: number): Value;
}

/** The binding of a graph that declares nothing. */
export const NO_BINDING: Binding = { parameter: refuse, statistic: refuse };

function refuse(_graph: Graph, name: string): never {
  throw new TypeError(`Cannot declare "${name}": this graph was made without a binding`);
}
