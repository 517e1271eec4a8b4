import type { Device } from "../../types.ts";
import type { Binding } from "./network.ts";

/** Options of a graph. */
export interface GraphOptions {
  /** True: training, with batch statistics and gradients. False: inference, with running statistics. @default {true} */
  training?: boolean;
  /** Device that nodes are chosen for; `webgpu` lacks a few nodes that the CPU has. @default {"cpu"} */
  device?: Device;
  /**
   * Channels per block of the processor's convolutions, from `targetOf`. 1: images stay in plain layout.
   * @default {1}
   */
  channelBlock?: number;
  /**
   * Names of the axes of inputs and outputs whose size may vary, by position: `["n"]` for the batch,
   * `["n", undefined, "height", "width"]` for images of any size. The graph is built for the given sizes; the caller
   * must ensure that no node depends on the size of a variable axis. @default {none}
   */
  axisNames?: readonly (string | undefined)[];
  /** Source of parameters and statistics. @default {none: `param` and `statistic` throw} */
  binding?: Binding;
}
