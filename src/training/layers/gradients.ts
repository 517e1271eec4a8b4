import { add } from "./elementwise.ts";
import type { Value } from "../graph/graph.ts";

/**
 * Emits dL/dw for every `w` in `parameters`: reverse-mode differentiation over the graph's tape
 * (Griewank and Walther 2008, Evaluating Derivatives, ch. 3).
 *
 * @param loss a scalar, shape [].
 * @returns one value per parameter, in order and with the parameter's shape.
 * @throws {TypeError} if `loss` is not a scalar, or does not depend on a parameter.
 */
export function gradients(loss: Value, parameters: readonly Value[]): Value[] {
  if (loss.shape.length > 0) {
    throw new TypeError(
      `Cannot differentiate "${loss.name}": a loss must be a scalar [], got [${loss.shape}]`,
    );
  }
  const { tape } = loss.graph;
  const reached = new Set(parameters); // everything that depends on a parameter
  for (const { inputs, output } of tape) {
    if (inputs.some((input) => reached.has(input))) reached.add(output);
  }
  const wanted = (value: Value) => reached.has(value);
  const gradientOf = new Map<Value, Value>([[loss, loss.graph.number(1)]]);
  // pullbacks use the same operations and therefore extend the tape, so iterate over a copy
  for (const { output, inputs, pullback } of [...tape].reverse()) {
    const outputGradient = gradientOf.get(output);
    if (!outputGradient || !wanted(output)) continue;
    pullback(outputGradient, wanted).forEach((gradient, k) => {
      if (!gradient || !wanted(inputs[k])) return;
      const earlier = gradientOf.get(inputs[k]);
      gradientOf.set(inputs[k], earlier ? add(earlier, gradient) : gradient);
    });
  }
  return parameters.map((p) => {
    const gradient = gradientOf.get(p);
    if (!gradient) throw new TypeError(`Cannot differentiate: the loss does not depend on "${p.name}"`);
    return gradient;
  });
}
