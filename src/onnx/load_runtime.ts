import type * as Runtime from "onnxruntime-node";

let loaded: Promise<typeof Runtime> | undefined;

/**
 * The native runtime. It is loaded when the first model is opened, so commands without a model need no permission to
 * load libraries.
 */
export function loadRuntime(): Promise<typeof Runtime> {
  return loaded ??= import("onnxruntime-node").then((runtime) => {
    runtime.env.logLevel = "fatal"; // errors of devices that fail to open are returned in `tried`
    return runtime;
  });
}
