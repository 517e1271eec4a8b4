import { openModel } from "../../onnx/open_model.ts";
import type { Device } from "../../types.ts";
import { blockedOp } from "../graph/channel_blocks.ts";
import { encodeModel } from "../graph/encode_model.ts";

/** The device that a training step is built for. */
export interface Target {
  readonly device: Device;
  /** Channels per block of the device's convolutions; 1 if it has no blocked ones. */
  readonly channelBlock: number;
}

/** The target for a device. On the CPU the block size depends on the processor, so onnxruntime is queried. */
export async function targetOf(device: Device): Promise<Target> {
  return { device, channelBlock: device === "cpu" ? await (cpuBlockSize ??= queryCpuBlock()) : 1 };
}

let cpuBlockSize: Promise<number> | undefined;

/** Reorders one pixel of 4 channels and counts the channels of the result. If it has only 4, there are no blocks: 1. */
async function queryCpuBlock(): Promise<number> {
  const node = { op: blockedOp("ReorderInput"), inputs: ["x"], outputs: ["y"], attributes: {} };
  const bytes = encodeModel({
    name: "block",
    nodes: [node],
    inputs: [{ name: "x", dims: [1, 4, 1, 1] }],
    outputs: [{ name: "y", dims: [1, "c", 1, 1] }],
    initializers: [],
  });
  try {
    const model = await openModel(bytes, { device: "cpu", threads: 1 });
    const { y } = await model.run({ x: { data: new Float32Array(4), dims: [1, 4, 1, 1] } });
    await model.close();
    return y.data.length > 4 ? y.data.length : 1;
  } catch {
    return 1; // this onnxruntime lacks the nodes: use the plain layout
  }
}
