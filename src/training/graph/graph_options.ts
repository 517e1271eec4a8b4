import type { Device } from "../../types.ts";
import type { Attribute, ElementType } from "./encode_model.ts";
import type { Binding } from "./network.ts";
import type { MemoryLayout } from "./value.ts";

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

/** What a node is told beside its inputs. */
export interface NodeOptions {
  attributes?: Readonly<Record<string, Attribute>>;
  /** Element type of its outputs. @default {"float32"} */
  type?: ElementType;
  /**
   * Without it the node is an ordinary one: inputs in blocks are put in plain order first. With it, it takes its inputs
   * as they lie in memory, and its outputs lie as said here.
   */
  layout?: MemoryLayout;
}
