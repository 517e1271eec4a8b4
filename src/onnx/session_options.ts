import type * as ort from "onnxruntime-node";
import type { Device } from "../types.ts";

/**
 * The one set of session options for inference and training alike.
 *
 * The optimisation level is the same everywhere on purpose: at one level the CPU gives the same bits for any
 * number of threads and any batch, at another level it differs by about 2e-7. The memory pattern is off because
 * it nearly doubles the memory of a training step; denormals count as zero because a network's last decimals
 * otherwise cost whole seconds.
 */
export function sessionOptions(
  device: Device,
  { threads }: { threads: number },
): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [device],
    graphOptimizationLevel: "extended",
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
