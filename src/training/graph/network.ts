import type { Builder, Param, Shape, Value, VariableOptions } from "./value.ts";

/** A network, written once for training and deployment: from one array to another. */
export type Network = (g: Builder, param: Param, x: Value) => Value;

/** Where a graph's trained numbers come from: a slice of the flat vector in training, a constant at export. */
export interface Binding {
  /** Declares (or finds) a trained array. */
  parameter(graph: Builder, name: string, shape: Shape, options: VariableOptions): Value;
  /** Declares (or finds) a running statistic, an array that training averages and does not differentiate. */
  statistic(graph: Builder, name: string, shape: Shape, initial: number): Value;
}

/** The binding of a graph that declares nothing. */
export const NO_BINDING: Binding = { parameter: refuse, statistic: refuse };

function refuse(_graph: Builder, name: string): never {
  throw new TypeError(`Cannot declare "${name}": this graph was made without a binding`);
}
