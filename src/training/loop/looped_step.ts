import { encodeModel, type OnnxNode } from "../graph/encode_model.ts";
import type { TrainStep } from "./train_step.ts";

/**
 * Several training steps as one model: an ONNX Loop whose body is the step, so that the state stays in the runtime
 * between steps. This model is used on CUDA, where otherwise every output would be copied back to the host after each
 * step.
 *
 * Inputs and outputs have the same names as those of the step. Scalars, batches and reports are stacked along a new
 * first axis "k", the number of steps. On the CPU the results are identical to those of single steps.
 */
export function loopedStep(step: TrainStep): Uint8Array<ArrayBuffer> {
  const { nodes, initializers } = step.graph.parts();
  const state = Object.keys(step.state);
  const stacked = [...step.scalars.map((name) => [name, []] as const), ...Object.entries(step.inputs)];
  // names inside the body must differ from those outside
  const outside = new Set([
    ...stacked.map(([name]) => name),
    ...state,
    ...state.map((name) => `next.${name}`),
    ...step.reports,
  ]);
  const inside = (name: string) => outside.has(name) ? `body.${name}` : name;
  const vectors = (name: (name: string) => string) =>
    state.map((s) => ({ name: name(s), dims: [step.state[s]] }));
  const node = (
    op: string,
    inputs: string[],
    outputs: string[],
    attributes: OnnxNode["attributes"] = {},
  ) => ({
    op,
    inputs,
    outputs,
    attributes,
  });
  const body = {
    name: "step",
    nodes: [
      node("Identity", ["go"], ["goOn"]),
      ...stacked.map(([name]) => node("Gather", [name, "iteration"], [inside(name)], { axis: 0 })),
      ...nodes.map(({ op, inputs, outputs, attributes }) =>
        node(op, inputs.map(inside), outputs.map(inside), attributes)
      ),
    ],
    inputs: [
      { name: "iteration", dims: [], type: "int64" as const },
      { name: "go", dims: [], type: "bool" as const },
      ...vectors(inside),
    ],
    outputs: [
      { name: "goOn", dims: [], type: "bool" as const },
      ...vectors((name) => inside(`next.${name}`)),
      ...step.reports.map((name) => ({ name: inside(name), dims: [] })),
    ],
    initializers: [],
  };
  const results = [...state.map((name) => `next.${name}`), ...step.reports];
  return encodeModel({
    name: "steps",
    nodes: [
      node("Shape", [step.scalars[0]], ["shape"]),
      node("Squeeze", ["shape"], ["steps"]),
      node("Loop", ["steps", "", ...state], results, { body: { graph: body } }),
    ],
    inputs: [...vectors((name) => name), ...stacked.map(([name, dims]) => ({ name, dims: ["k", ...dims] }))],
    outputs: [...vectors((name) => `next.${name}`), ...step.reports.map((name) => ({ name, dims: ["k"] }))],
    initializers,
  });
}
