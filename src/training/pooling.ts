import { multiply } from "./elementwise.ts";
import type { Value } from "./graph.ts";
import { repeatPixels } from "./upsampling.ts";

/**
 * Largest value of each size x size window, windows side by side.
 *
 * Gradient: every pixel that equals its window's maximum receives it. Where a window holds the maximum several times
 * each of them does, PyTorch picks the first; after a ReLU that matters nowhere, as ties are zeros it blocks anyway.
 *
 * @param x [n, c, h, w], h and w multiples of `size`
 * @returns [n, c, h / size, w / size]
 */
export function maxPool2d(x: Value, { size = 2 }: { size?: number } = {}): Value {
  const shape = pooledShape("maxPool2d", x, size);
  const attributes = { kernel_shape: [size, size], strides: [size, size] };
  const g = x.graph;
  const y = g.emit("MaxPool", [x], shape, { attributes });
  return g.differentiable(y, [x], (d) => {
    const isMaximum = g.emit("Equal", [x, repeatPixels(y, size)], x.shape, { type: "bool" });
    return [g.emit("Where", [isMaximum, repeatPixels(d, size), g.number(0)], x.shape)];
  });
}

/**
 * Mean of each size x size window, windows side by side. Gradient: d / size^2 to every pixel of the window.
 *
 * @param x [n, c, h, w], h and w multiples of `size`
 * @returns [n, c, h / size, w / size]
 */
export function averagePool2d(x: Value, { size = 2 }: { size?: number } = {}): Value {
  const shape = pooledShape("averagePool2d", x, size);
  const attributes = { kernel_shape: [size, size], strides: [size, size] };
  const y = x.graph.emit("AveragePool", [x], shape, { attributes });
  return x.graph.differentiable(y, [x], (d) => [multiply(repeatPixels(d, size), 1 / size ** 2)]);
}

function pooledShape(op: string, x: Value, size: number): number[] {
  const [n, c, h, w] = x.shape;
  if (x.shape.length === 4 && Number.isInteger(size) && size >= 1 && h % size === 0 && w % size === 0) {
    return [n, c, h / size, w / size];
  }
  throw new TypeError(
    `Cannot build ${op}: x is [n, c, h, w] with h and w multiples of ${size}, got [${x.shape}]`,
  );
}
