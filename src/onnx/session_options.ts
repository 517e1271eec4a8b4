import type * as ort from "onnxruntime-node";
import type { Device } from "../types.ts";

/**
 * Session options for inference and training.
 *
 * On the CPU inference lays its weights out anew for the processor's vectors, which takes a quarter off the time; a training
 * step's weights are no constants and stay as they are. At one level the CPU gives the same bits for any number of threads and
 * any batch; between the two levels they differ by about 1e-6, so every use of a network goes through `openModel`. The memory
 * pattern is off because it nearly doubles the memory of a training step; denormals count as zero because a network's last
 * decimals otherwise cost whole seconds.
 *
 * @param options.constant True where the weights are the model's own constants.
 */
export function sessionOptions(
  device: Device,
  { threads, constant = false }: { threads: number; constant?: boolean },
): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [device],
    graphOptimizationLevel: constant && device === "cpu" ? "all" : "extended",
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableMemPattern: false,
    enableCpuMemArena: true,
    logSeverityLevel: 4,
    extra: {
      session: {
        set_denormal_as_zero: "1",
        // waiting threads sleep: spinning nearly doubled the processor time of a training step on a busy machine,
        // and its wall time was the longer for it
        "intra_op.allow_spinning": "0",
        // onnxruntime would otherwise run on the CPU what the device lacks, and call it the device
        ...(device === "cpu" ? {} : { disable_cpu_ep_fallback: "1" }),
      },
    },
  };
}
