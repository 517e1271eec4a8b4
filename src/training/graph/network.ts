import type { Builder, Param, Shape, Value, VariableOptions } from "./value.ts";

/** A network as a function from one array to another, defined once for training and deployment. */
export type Network = (g: Builder, param: Param, x: Value) => Value;

/** Source of a graph's trained numbers: slices of a flat vector in training, constants at export. */
export interface Binding {
  /** Declares (or finds) a trained array. */
  parameter(graph: Builder, name: string, shape: Shape, options: VariableOptions): Value;
  /** Declares (or finds) a running statistic, which training averages but does not differentiate. */
  statistic(graph: Builder, name: string, shape: Shape, initial: number): Value;
}

/** The binding of a graph without parameters. */
export const NO_BINDING: Binding = { parameter: refuse, statistic: refuse };

function refuse(_graph: Builder, name: string): never {
  throw new TypeError(`Cannot declare "${name}": this graph was made without a binding`);
}
