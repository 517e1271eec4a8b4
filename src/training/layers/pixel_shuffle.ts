/**
 * Rearranges pixels to channels and back, without loss. Each of the two operations is the gradient of the other.
 * Channels are ordered [row in block, column in block, channel] as in ONNX. PyTorch's pixel_unshuffle puts the channel
 * first; for a single channel both are the same.
 */
import type { Value } from "../graph/graph.ts";

/** Side length of the block of pixels that becomes channels. */
export interface BlockOptions {
  /** @default {2} */
  block?: number;
}

/**
 * Each block x block square of pixels becomes channels: [n, c, h, w] -> [n, c block^2, h / block, w / block]. WebGPU
 * does not support the node, so deployed graphs, which must run everywhere, select the pixels with a convolution of
 * ones and zeros. The result is the same.
 *
 * @throws {TypeError} if h or w is not a multiple of `block`.
 */
export function spaceToDepth(x: Value, { block = 2 }: BlockOptions = {}): Value {
  const [n, c, h, w] = x.shape;
  if (x.shape.length !== 4 || h % block !== 0 || w % block !== 0) {
    throw new TypeError(
      `Cannot build spaceToDepth: x must be [n, c, h, w] with h and w multiples of ${block}, got [${x.shape}]`,
    );
  }
  const shape = [n, c * block ** 2, h / block, w / block];
  const portable = !x.graph.training || x.graph.device === "webgpu";
  const out = portable
    ? x.graph.emit("Conv", [x, pickPixels(x, block)], shape, {
      attributes: { kernel_shape: [block, block], strides: [block, block] },
    })
    : x.graph.emit("SpaceToDepth", [x], shape, { attributes: { blocksize: block } });
  return x.graph.differentiable(out, [x], (d) => [depthToSpace(d, { block })]);
}

/** Weights [c block^2, c, block, block]: output channel (row, column, k) is the pixel (row, column) of channel k. */
function pickPixels({ graph, shape: [, c] }: Value, block: number): Value {
  const area = block ** 2, weight = new Float32Array(c * area * c * area);
  for (let place = 0; place < area; place++) {
    for (let k = 0; k < c; k++) weight[((place * c + k) * c + k) * area + place] = 1;
  }
  return graph.constant(weight, [c * area, c, block, block]);
}

/**
 * Channels become block x block squares: [n, c, h, w] -> [n, c / block^2, h block, w block].
 *
 * @throws {TypeError} if c is not a multiple of block^2.
 */
export function depthToSpace(x: Value, { block = 2 }: BlockOptions = {}): Value {
  const [n, c, h, w] = x.shape;
  if (x.shape.length !== 4 || c % block ** 2 !== 0) {
    throw new TypeError(
      `Cannot build depthToSpace: x must be [n, c, h, w] with c a multiple of ${
        block ** 2
      }, got [${x.shape}]`,
    );
  }
  const shape = [n, c / block ** 2, h * block, w * block];
  const out = x.graph.emit("DepthToSpace", [x], shape, { attributes: { blocksize: block, mode: "DCR" } });
  return x.graph.differentiable(out, [x], (d) => [spaceToDepth(d, { block })]);
}
