import { blockedView, view } from "../graph/channel_blocks.ts";
import { convolutionAttributes, type Geometry, reach, transposedSize } from "./convolution_geometry.ts";
import { convolve, convolveBlocks, runsInBlocks } from "./convolve.ts";
import type { Builder, Shape, Value } from "../graph/graph.ts";
import { packRotatedKernel } from "./pack_kernel.ts";
import { rotateKernel } from "./rotate_kernel.ts";

/** Options of {@linkcode convolveTransposed}. */
export interface TransposedOptions {
  geo: Geometry;
  /** Shape of the result. Pixels beyond the kernel's reach are 0 plus the bias. */
  shape: Shape;
  /** Added to each output channel, [to]. */
  bias?: Value | null;
}

/**
 * A transposed convolution (Dumoulin and Visin 2016, arXiv:1603.07285, ch. 4) that is not recorded for differentiation.
 * It uses the fastest implementation that onnxruntime has for these sizes.
 *
 * @param x [n, from, h, w]
 * @param weight [from, to, kh, kw]
 * @returns [n, to, ho, wo]
 */
export function convolveTransposed(
  x: Value,
  weight: Value,
  { geo, shape, bias = null }: TransposedOptions,
): Value {
  const inBlocks = runsInBlocks(x.graph, { from: x.shape[1], to: shape[1] });
  const [v, h] = ([0, 1] as const).map((axis) => reach(geo, axis) - 1 - geo.padding[axis]);
  if (geo.stride[0] === 1 && geo.stride[1] === 1 && Math.min(v, h) >= 0) {
    const options = { geo, pads: [v, h, v, h], bias } as const;
    return inBlocks
      ? convolveBlocks(x, packRotatedKernel(weight), options)
      : convolve(x, rotateKernel(weight), options);
  }
  const vertical = inBlocks && phasesOf(x, { geo, shape }, 0);
  const horizontal = inBlocks && phasesOf(x, { geo, shape }, 1);
  if (vertical && horizontal) return byPhases(x, weight, { phases: [vertical, horizontal], shape, bias });
  const [ho, wo] = transposedSize(x.shape, geo);
  return x.graph.emit("ConvTranspose", bias ? [x, weight, bias] : [x, weight], shape, {
    attributes: { ...convolutionAttributes(geo), output_padding: [shape[2] - ho, shape[3] - wo] },
  });
}

/**
 * How one of s sets of rows of the result (or columns) is computed, where s is the stride: every s-th row of the result
 * is a convolution of x, at stride 1, with every s-th row of the rotated kernel.
 */
interface Phase {
  /** First row of the rotated kernel. */
  readonly start: number;
  /** Rows of the kernel from one used row to the next. */
  readonly step: number;
  /** Rows of zeros before x. */
  readonly before: number;
  /** Rows of zeros after x. */
  readonly after: number;
}

/** The phases of one axis, or null if the axis cannot be computed this way. */
function phasesOf(
  x: Value,
  { geo, shape }: Omit<TransposedOptions, "bias">,
  axis: 0 | 1,
): Phase[] | null {
  const k = geo.kernel[axis], s = geo.stride[axis], p = geo.padding[axis];
  const size = x.shape[2 + axis], wanted = shape[2 + axis];
  if (geo.dilation[axis] !== 1 || wanted % s !== 0) return null;
  const phases = Array.from({ length: s }, (_, phase) => {
    const first = (phase + p) % s; // row s t + phase of the result uses the kernel's rows first, first + s, ...
    const count = Math.ceil((k - first) / s), ahead = (phase + p - first) / s;
    return {
      start: k - 1 - first - s * (count - 1),
      step: s,
      before: count - 1 - ahead,
      after: wanted / s + ahead - size,
    };
  });
  return phases.every(({ start, before, after }) => start < k && before >= 0 && after >= 0) ? phases : null;
}

function byPhases(
  x: Value,
  weight: Value,
  { phases: [vertical, horizontal], shape, bias }: { phases: Phase[][]; shape: Shape; bias: Value | null },
): Value {
  const g = x.graph, kernel = packRotatedKernel(weight);
  const geo = { stride: [1, 1], dilation: [1, 1] } as const;
  const parts = vertical.map((v) =>
    horizontal.map((h) =>
      convolveBlocks(x, everySth(g, kernel, [v, h]), {
        geo,
        pads: [v.before, h.before, v.after, h.after],
        bias,
      })
    )
  );
  return interleave(parts, shape);
}

/** Every s-th row and column of a packed kernel. */
function everySth(g: Builder, packed: Value, [v, h]: readonly Phase[]): Value {
  const [to, from, kh, kw, block] = packed.shape;
  const size = (k: number, { start, step }: Phase) => Math.ceil((k - start) / step);
  const starts = g.integers(v.start, h.start), ends = g.integers(kh, kw), steps = g.integers(v.step, h.step);
  return g.emit("Slice", [packed, starts, ends, g.integers(2, 3), steps], [
    to,
    from,
    size(kh, v),
    size(kw, h),
    block,
  ]);
}

/** Interleaves blocked images: each provides every s-th pixel of a larger one. */
function interleave(parts: readonly (readonly Value[])[], shape: Shape): Value {
  const g = parts[0][0].graph, b = g.channelBlock;
  const [n, c, h, w] = parts[0][0].shape;
  const side = (values: readonly Value[], [rows, row]: readonly [number, number]) =>
    g.emit("Concat", values.map((v) => view(v, [rows, row])), [rows, row * values.length], {
      attributes: { axis: 1 },
    });
  const wide = parts.map((row) => side(row, [n * c / b * h * w, b])); // pixels side by side
  return blockedView(side(wide, [n * c / b * h, w * b * parts[0].length]), shape); // rows below each other
}
