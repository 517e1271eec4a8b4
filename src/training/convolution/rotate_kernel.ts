import type { Value } from "../graph/graph.ts";
import { transpose } from "../layers/shapes.ts";

/** Rotates a kernel [a, b, kh, kw] by 180 degrees and swaps a and b: [b, a, kh, kw]. */
export function rotateKernel(weight: Value): Value {
  const g = weight.graph;
  const [kh, kw] = weight.shape.slice(2);
  const swapped = transpose(weight, [1, 0, 2, 3]);
  if (kh * kw === 1) return swapped;
  const backwards = [g.integers(-1, -1), g.integers(-kh - 1, -kw - 1), g.integers(2, 3), g.integers(-1, -1)];
  return g.emit("Slice", [swapped, ...backwards], swapped.shape);
}
