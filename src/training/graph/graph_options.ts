import type { Device } from "../../types.ts";
import type { Binding } from "./network.ts";

/** What a graph is for. */
export interface GraphOptions {
  /** True: batch statistics and gradients. False: running statistics. @default {true} */
  training?: boolean;
  /** Device the nodes are chosen for; `webgpu` lacks a few that the CPU has. @default {"cpu"} */
  device?: Device;
  /**
   * Channels in a block of the processor's convolutions, as `targetOf` finds them; 1: images stay in plain order.
   * @default {1}
   */
  channelBlock?: number;
  /**
   * Names of axes that may vary in inputs and outputs, by their place: `["n"]` for the batch, `["n", undefined, "height",
   * "width"]` for pictures of any size. The graph is built with the sizes given; whoever frees an axis vouches that no
   * node depends on its size. @default {none}
   */
  axisNames?: readonly (string | undefined)[];
  /** Source of parameters and statistics. @default {none: `param` throws} */
  binding?: Binding;
}
