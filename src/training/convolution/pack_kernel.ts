import { toBlocks, view } from "../graph/channel_blocks.ts";
import type { Value } from "../graph/graph.ts";
import { transpose } from "../layers/shapes.ts";

/**
 * Reorders a kernel [co, ci, kh, kw] for the blocked convolution: to [co / b, ci / b, kh, kw, b of ci, b of co], or to
 * [co / b, ci, kh, kw, b of co] for fewer than b input channels. The last two axes of the first form are merged.
 */
export function packKernel(weight: Value): Value {
  const b = weight.graph.channelBlock, [co, ci, kh, kw] = weight.shape;
  const packed = innermost(view(weight, [co / b, b, ci * kh * kw])); // [co / b, ci, kh kw, b]
  if (ci < b) return view(packed, [co / b, ci, kh, kw, b]);
  const pairs = transpose(view(packed, [co / b, ci / b, b, kh * kw, b]), [0, 1, 3, 2, 4]);
  return view(pairs, [co / b, ci / b, kh, kw, b * b]);
}

/**
 * Rotates the kernel [from, to, kh, kw] of a transposed convolution by 180 degrees and packs it as a kernel
 * [to, from, kh, kw].
 */
export function packRotatedKernel(weight: Value): Value {
  const g = weight.graph, b = g.channelBlock, [from, to, kh, kw] = weight.shape, cells = kh * kw;
  const packed = innermost(view(weight, [from * to / b, b, cells])); // [from, to / b, kh kw, b]
  const [shape, order, last] = from < b
    ? [[from, to / b, cells, b], [1, 0, 2, 3], b]
    : [[from / b, b, to / b, cells, b], [2, 0, 3, 1, 4], b * b];
  const swapped = view(transpose(view(packed, shape), order), [
    to / b,
    from < b ? from : from / b,
    cells,
    last,
  ]);
  const backwards = [g.integers(-1), g.integers(-cells - 1), g.integers(2), g.integers(-1)];
  const rotated = cells === 1 ? swapped : g.emit("Slice", [swapped, ...backwards], swapped.shape);
  return view(rotated, [...swapped.shape.slice(0, 2), kh, kw, last]);
}

/** Transposes [n, b, k] to [n, k, b]. Reordering an image's channels into blocks is the fastest way to do so. */
function innermost(x: Value): Value {
  const [n, b, k] = x.shape;
  return view(toBlocks(view(x, [n, b, k, 1])), [n, k, b]);
}
