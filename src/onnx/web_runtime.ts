import type * as Runtime from "onnxruntime-node";

/**
 * The part of onnxruntime-web that is used. A worker of the page passes the build for WebGPU or the one for
 * WebAssembly.
 */
export type WebRuntime = Pick<typeof Runtime, "InferenceSession" | "Tensor" | "env">;

let provided: WebRuntime | undefined;

/** Sets the runtime of this worker. */
export function provideRuntime(runtime: WebRuntime): void {
  provided = runtime;
}

/**
 * Replaces `load_runtime.ts` in a browser: the runtime that the worker provided. Its CPU device is WebAssembly.
 *
 * @throws {Error} before {@linkcode provideRuntime} was called.
 */
export function loadRuntime(): Promise<WebRuntime> {
  if (!provided) throw new Error("Cannot open a model: the worker must provide its runtime first");
  const { InferenceSession, Tensor, env } = provided;
  return Promise.resolve({
    ...{ Tensor, env },
    InferenceSession: {
      create: (bytes: Uint8Array, options: Runtime.InferenceSession.SessionOptions) =>
        InferenceSession.create(bytes, inBrowser(options)),
    } as typeof InferenceSession,
  });
}

/**
 * WebGPU with the axis order of our networks: batch, channel, row, column. With the default order, channels last,
 * onnxruntime-web would rearrange every convolution's weights on every run and need more different kernels. A browser
 * compiles each kernel before the first score, which takes longer than a run.
 */
const WEBGPU = { name: "webgpu", preferredLayout: "NCHW" } as const;

/**
 * Session options for a browser. The number of threads is omitted because it is a setting of the WebAssembly module.
 * The fallback to the CPU is not disabled, because the runtime computes shapes there.
 */
function inBrowser(
  { executionProviders, graphOptimizationLevel }: Runtime.InferenceSession.SessionOptions,
): Runtime.InferenceSession.SessionOptions {
  return {
    executionProviders: executionProviders!.map((name) =>
      name === "cpu" ? "wasm" : name === "webgpu" ? WEBGPU : name
    ),
    graphOptimizationLevel,
    enableMemPattern: false,
    logSeverityLevel: 4,
  };
}
