import { emitElementwise, multiply } from "./elementwise.ts";
import type { Value } from "../graph/graph.ts";
import { poolPixels, repeatPixels } from "./resample_pixels.ts";

/**
 * Maximum of each size x size window; windows do not overlap.
 *
 * Every pixel that equals its window's maximum receives the gradient. If several pixels are tied, all of them receive
 * it (PyTorch: only the first). After a ReLU this makes hardly any difference: nearly all ties are zeros, where the
 * ReLU's gradient is 0.
 *
 * @param x [n, c, h, w], h and w multiples of `size`
 * @returns [n, c, h / size, w / size]
 * @throws {TypeError} if x is not such an image, or `size` is not a whole number from 1.
 */
export function maxPool2d(x: Value, { size = 2 }: { size?: number } = {}): Value {
  requireWindows("maxPool2d", x, size);
  const y = poolPixels("MaxPool", x, size);
  return x.graph.differentiable(y, [x], (d) => {
    const isMaximum = emitElementwise("Equal", [x, repeatPixels(y, size)], { type: "bool" });
    return [emitElementwise("Where", [isMaximum, repeatPixels(d, size), x.graph.number(0)])];
  });
}

/**
 * Mean of each size x size window; windows do not overlap. Gradient: d / size^2 for every pixel of the window.
 *
 * @param x [n, c, h, w], h and w multiples of `size`
 * @returns [n, c, h / size, w / size]
 * @throws {TypeError} if x is not such an image, or `size` is not a whole number from 1.
 */
export function averagePool2d(x: Value, { size = 2 }: { size?: number } = {}): Value {
  requireWindows("averagePool2d", x, size);
  const y = poolPixels("AveragePool", x, size);
  return x.graph.differentiable(y, [x], (d) => [multiply(repeatPixels(d, size), 1 / size ** 2)]);
}

function requireWindows(op: string, x: Value, size: number): void {
  const [, , h, w] = x.shape;
  if (x.shape.length === 4 && Number.isInteger(size) && size >= 1 && h % size === 0 && w % size === 0) return;
  throw new TypeError(
    `Cannot build ${op}: x must be [n, c, h, w] with h and w multiples of ${size}, got [${x.shape}]`,
  );
}
