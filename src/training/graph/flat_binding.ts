import { type Binding, type Builder, type Shape, Value } from "./graph.ts";
import { type Layout, lengthOf, nextSlot, type Slot } from "./layout.ts";

/** A {@linkcode Binding} to two flat input vectors, `parameters` and `statistics`. */
export interface FlatBinding extends Binding {
  /** Parameters declared so far, in the order of declaration. */
  readonly parameterValues: readonly Value[];
  /** Running statistics declared so far, in the order of declaration. */
  readonly statisticValues: readonly Value[];
  /** Positions of the arrays in the two vectors: the given layout, or that of the arrays declared so far. */
  layout(): Layout;
  /** Declares the two vectors as inputs of the graph, once everything has been declared. */
  declareInputs(graph: Builder): { parameters: Value; statistics: Value | null };
}

/**
 * Binds each parameter to a slice of one flat vector. The optimiser is then a few nodes over that vector, and a
 * checkpoint stores the vector itself. Running statistics are slices of a second vector. If `layout` is given, arrays
 * are looked up in it; otherwise they are placed in the order in which the network declares them.
 * `parameter` and `statistic` throw a TypeError if an array is missing in `layout`, or is known with a different shape.
 */
export function flatBinding(layout?: Layout): FlatBinding {
  const known = new Map<string, Value>();
  const made = { parameters: [] as Slot[], statistics: [] as Slot[] };
  const values = { parameters: [] as Value[], statistics: [] as Value[] };

  function declare(graph: Builder, kind: "parameters" | "statistics", slot: Slot): Value {
    const value = sliceOf(graph, kind, slot);
    made[kind].push(slot);
    values[kind].push(value);
    known.set(`${kind} ${slot.name}`, value);
    return value;
  }
  function find(kind: "parameters" | "statistics", name: string, shape: Shape): Value | Slot | null {
    const value = known.get(`${kind} ${name}`);
    const slot = layout?.[kind].find((s) => s.name === name);
    if (layout && !slot) {
      throw new TypeError(`Cannot declare "${name}": the trained network has no such array`);
    }
    const have = value?.shape ?? slot?.shape;
    if (have && have.join() !== shape.join()) {
      throw new TypeError(`Cannot declare "${name}" as [${shape}]: it exists as [${have}]`);
    }
    return value ?? slot ?? null;
  }
  return {
    parameterValues: values.parameters,
    statisticValues: values.statistics,
    layout: () => layout ?? made,
    parameter(graph, name, shape, options) {
      const found = find("parameters", name, shape);
      if (found instanceof Value) return found;
      return declare(graph, "parameters", found ?? nextSlot(made.parameters, { name, shape, ...options }));
    },
    statistic(graph, name, shape, initial) {
      const found = find("statistics", name, shape);
      if (found instanceof Value) return found;
      return declare(graph, "statistics", found ?? nextSlot(made.statistics, { name, shape, init: initial }));
    },
    declareInputs(graph) {
      const { parameters, statistics } = layout ?? made;
      if (parameters.length === 0) throw new TypeError("Cannot train: the network declares no parameter");
      return {
        parameters: graph.input("parameters", [lengthOf(parameters)]),
        statistics: statistics.length > 0 ? graph.input("statistics", [lengthOf(statistics)]) : null,
      };
    },
  };
}

function sliceOf(graph: Builder, vector: string, { shape, offset, ...slot }: Slot): Value {
  const size = lengthOf([{ shape, offset, ...slot }]);
  const whole = new Value(graph, vector, [offset + size]); // becomes an input once its length is known
  const bounds = [graph.integers(offset), graph.integers(offset + size), graph.integers(0)];
  const flat = graph.emit("Slice", [whole, ...bounds], [size]);
  return graph.emit("Reshape", [flat, graph.integers(...shape)], shape);
}
