import type * as Runtime from "onnxruntime-node";

let loaded: Promise<typeof Runtime> | undefined;

/** The native runtime, loaded when a model is first opened: what opens none needs no right to load libraries. */
export function loadRuntime(): Promise<typeof Runtime> {
  return loaded ??= import("onnxruntime-node").then((runtime) => {
    runtime.env.logLevel = "fatal"; // what native code prints on a failed probe is in `tried`
    return runtime;
  });
}
