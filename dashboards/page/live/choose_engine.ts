import type { Engine } from "../../site/site_note.ts";

/** Engine requested by the user. */
export type EngineChoice = "auto" | Engine;

/** The engine used for scoring, and the reason, as text that follows the engine's name. */
export interface ChosenEngine {
  readonly engine: Engine;
  readonly why: string;
}

interface Adapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: {
    readonly isFallbackAdapter?: boolean;
    readonly architecture?: string;
    readonly description?: string;
  };
}

/** The requested engine; for `auto`, WebGPU if the browser has a graphics processor for it, otherwise WebAssembly. */
export async function chooseEngine(choice: EngineChoice): Promise<ChosenEngine> {
  if (choice !== "auto") return { engine: choice, why: "it was chosen here" };
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  if (!gpu) return { engine: "wasm", why: "this browser has no WebGPU" };
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) return { engine: "wasm", why: "this browser found no graphics processor for WebGPU" };
  const { info } = adapter;
  const soft = adapter.isFallbackAdapter || info?.isFallbackAdapter ||
    /swiftshader|llvmpipe/i.test(`${info?.architecture} ${info?.description}`);
  return soft
    ? { engine: "wasm", why: "WebGPU would run in software here" }
    : { engine: "webgpu", why: "this browser has it" };
}
