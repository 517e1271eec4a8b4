import type * as Runtime from "onnxruntime-node";

/** The exports of onnxruntime-web that are used. Each worker of the page provides one of its two builds. */
export type WebRuntime = Pick<typeof Runtime, "InferenceSession" | "Tensor" | "env">;

let given: WebRuntime | undefined;

/** Sets the runtime of this worker. */
export function provideRuntime(runtime: WebRuntime): void {
  given = runtime;
}

/**
 * Replaces `load_runtime.ts` in a browser: the runtime that the worker provided. Its CPU device is WebAssembly.
 *
 * @throws {Error} before {@linkcode provideRuntime} was called.
 */
export function loadRuntime(): Promise<WebRuntime> {
  if (!given) throw new Error("Cannot open a model: the worker must provide its runtime first");
  const { InferenceSession, Tensor, env } = given;
  return Promise.resolve({
    ...{ Tensor, env },
    InferenceSession: {
      create: (bytes: Uint8Array, options: Runtime.InferenceSession.SessionOptions) =>
        InferenceSession.create(bytes, inBrowser(options)),
    } as typeof InferenceSession,
  });
}

/** Options for a browser: onnxruntime-web sets the number of threads itself, and operations on shapes may run in WebAssembly. */
function inBrowser(
  { executionProviders, graphOptimizationLevel }: Runtime.InferenceSession.SessionOptions,
): Runtime.InferenceSession.SessionOptions {
  return {
    executionProviders: executionProviders!.map((name) => name === "cpu" ? "wasm" : name),
    graphOptimizationLevel,
    enableMemPattern: false,
    logSeverityLevel: 4,
  };
}
