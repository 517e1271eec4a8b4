import { adamW } from "./adam_w.ts";
import type { Target } from "./target.ts";
import { add, divide, multiply, subtract } from "../layers/elementwise.ts";
import { flatBinding } from "../graph/flat_binding.ts";
import { gradients } from "../layers/gradients.ts";
import { Graph, type Shape, sizeOf, type Value } from "../graph/graph.ts";
import type { Layout } from "../graph/layout.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import type { Recipe } from "./recipe.ts";
import { concat, reshape } from "../layers/shapes.ts";

/** A complete training step as one ONNX graph, and its inputs and outputs. */
export interface TrainStep {
  readonly graph: Graph;
  readonly layout: Layout;
  /** Lengths of the state vectors by name. Output `next.NAME` becomes input `NAME` of the next step. */
  readonly state: Readonly<Record<string, number>>;
  /** Names of the scalar inputs of each step. */
  readonly scalars: readonly string[];
  /** Inputs declared by the recipe. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Names of the scalar outputs: loss, gradientNorm and the recipe's metrics. */
  readonly reports: readonly string[];
}

/**
 * Builds the forward pass, backward pass and optimiser of one step. Its only outputs are the state vectors and a few
 * scalars.
 *
 * @param options.gradient also output the gradient [p], for tests.
 */
export function trainStep(
  recipe: Pick<Recipe, "build">,
  { optimiser, device = "cpu", channelBlock = 1, gradient: wantsGradient = false }: Partial<Target> & {
    optimiser: OptimiserSettings;
    gradient?: boolean;
  },
): TrainStep {
  const binding = flatBinding();
  const g = new Graph({ training: true, device, channelBlock, binding });
  const { loss, metrics = {} } = recipe.build(g, g.param);
  const inputs = g.inputShapes();
  const each = gradients(loss, binding.parameterValues);
  // The gradients are inputs of one Concat node. onnxruntime first computes what the node's last input needs: the
  // gradient of the last layer. So each layer's activations can be freed as soon as its weights have their gradient.
  // Flatten is used instead of Reshape, because onnxruntime merges two successive Reshapes, and the merged node would
  // change this order.
  const flat = each.map((d) => g.emit("Flatten", [d], [1, d.size], { attributes: { axis: 0 } }));
  const joined = concat(flat, { axis: 1 }); // [1, p]
  const gradient = reshape(joined, [joined.size]);
  const { parameters, statistics } = binding.declareInputs(g);
  const length = parameters.size;
  const scalars: string[] = [];
  const scalar = (name: string) => {
    scalars.push(name);
    return g.input(name, []);
  };

  const norm = g.emit("ReduceL2", [gradient, g.integers(0)], [], { attributes: { keepdims: 0 } });
  const rate = scalar("rate");
  const next = adamW(parameters, {
    ...optimiser,
    gradient: clipped(gradient, norm, optimiser.clip),
    first: g.input("first", [length]),
    second: g.input("second", [length]),
    rate,
    firstCorrection: scalar("firstCorrection"),
    secondCorrection: scalar("secondCorrection"),
    kept: keptOf(rate, binding.layout(), optimiser.weightDecay),
  });
  const following: Record<string, Value> = { ...next };
  if (statistics) {
    const batch = concat(binding.layout().statistics.map(({ name }) => updateOf(g, name)), { axis: 0 }); // [s]
    following.statistics = add(statistics, multiply(subtract(batch, statistics), scalar("statisticsRate")));
  }
  if (optimiser.average > 0) {
    const average = g.input("average", [length]);
    following.average = add(average, multiply(subtract(next.parameters, average), scalar("averageRate")));
  }
  for (const [name, value] of Object.entries(following)) g.output(`next.${name}`, value);
  const reports: Record<string, Value> = { loss, gradientNorm: norm, ...metrics };
  for (const [name, value] of Object.entries(reports)) g.output(name, value);
  if (wantsGradient) g.output("gradient", gradient);
  return {
    graph: g,
    layout: binding.layout(),
    state: Object.fromEntries(Object.entries(following).map(([name, value]) => [name, value.size])),
    scalars,
    inputs,
    reports: Object.keys(reports),
  };
}

/** The gradient, scaled down to norm `clip` if it is larger (Pascanu et al. 2013, arXiv:1211.5063, algorithm 1). */
function clipped(gradient: Value, norm: Value, clip: number): Value {
  if (clip === Infinity) return gradient;
  const g = gradient.graph;
  const share = divide(clip, add(norm, 1e-6));
  return multiply(gradient, g.emit("Min", [share, g.number(1)], []));
}

/**
 * Factor that weight decay applies to each parameter: one number if all decay, otherwise a vector with 1 for those that
 * do not decay. The vector is assembled in the graph, with one number per run of equal values.
 */
function keptOf(rate: Value, { parameters }: Layout, weightDecay: number): Value {
  const g = rate.graph, share = subtract(1, multiply(rate, weightDecay));
  const runs: { decay: boolean; length: number }[] = [];
  for (const { decay, shape } of parameters) {
    const last = runs.at(-1);
    if (last?.decay === decay) last.length += sizeOf(shape);
    else runs.push({ decay, length: sizeOf(shape) });
  }
  if (runs.length === 1) return runs[0].decay ? share : g.number(1);
  const parts = runs.map(({ decay, length }) =>
    g.emit("Expand", [decay ? share : g.number(1), g.integers(length)], [length])
  );
  return concat(parts, { axis: 0 });
}

function updateOf(g: Graph, name: string): Value {
  const update = g.statisticUpdates.get(name);
  if (!update) throw new TypeError(`Cannot train: the statistic "${name}" is declared but never updated`);
  return update;
}
