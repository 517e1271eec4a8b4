import { openModel } from "../../onnx/open_model.ts";
import type { TrainedNetwork } from "../graph/export_network.ts";
import { flatBinding } from "../graph/flat_binding.ts";
import { Graph } from "../graph/graph.ts";
import type { Layout } from "../graph/layout.ts";
import type { Arrays, Recipe } from "./recipe.ts";
import { fitting } from "./stepper.ts";

/** The network in its deployed form, with the weights as inputs of each run. */
export interface Evaluator {
  run(network: TrainedNetwork, feeds: Arrays): Promise<Arrays>;
  close(): Promise<void>;
}

/**
 * Opens a recipe's `evaluate` network once per training run, because creating a session per validation would leak
 * memory.
 *
 * @throws {TypeError} if the recipe lacks `evaluate` or `validate`.
 */
export async function openEvaluator(
  recipe: Recipe,
  { layout, threads }: { layout: Layout; threads?: number },
): Promise<Evaluator> {
  if (!recipe.evaluate || !recipe.validate) {
    throw new TypeError("Cannot validate: the recipe must have both evaluate and validate");
  }
  const binding = flatBinding(layout);
  const g = new Graph({ training: false, binding });
  const outputs = recipe.evaluate(g, g.param);
  const inputs = g.inputShapes();
  const { statistics } = binding.declareInputs(g);
  for (const [name, value] of Object.entries(outputs)) g.output(name, value);
  const model = await openModel(g.toModel(), { device: "cpu", threads });
  return {
    close: () => model.close(),
    async run(network, feeds) {
      const tensors = Object.fromEntries(
        Object.entries(inputs).map(([name, dims]) => [name, { data: fitting(name, dims, feeds), dims }]),
      );
      tensors.parameters = { data: network.parameters, dims: [network.parameters.length] };
      if (statistics) tensors.statistics = { data: network.statistics, dims: [network.statistics.length] };
      const results = await model.run(tensors);
      return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data]));
    },
  };
}
