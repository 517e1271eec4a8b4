import type * as ort from "onnxruntime-node";
import type { Device } from "../types.ts";

/**
 * Session options for inference and training.
 *
 * For inference on the CPU, the optimisation level `all` lets onnxruntime rearrange the weights for the processor's
 * vector instructions, which saves a quarter of the time. In a training step this is not possible, because weights
 * are not constants; the level is then `extended`. Within one level, the CPU's results are identical for any number
 * of threads and any batch size. Between the two levels they differ by about 1e-6, so networks should always be
 * opened with `openModel`. The memory pattern is disabled because it nearly doubles the memory of a training step.
 * Denormal numbers are treated as zero because they can slow a network down by seconds.
 *
 * @param options.constant True if the weights are constants of the model.
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
        // Waiting threads sleep. On a busy machine, spinning nearly doubled the processor time of a training step and
        // made it slower.
        "intra_op.allow_spinning": "0",
        // Otherwise onnxruntime silently runs operations on the CPU that the device does not support.
        ...(device === "cpu" ? {} : { disable_cpu_ep_fallback: "1" }),
      },
    },
  };
}
