/** The Worker's side of `trainLoop`: takes one request, trains, answers. */
import type { TriedDevice } from "../onnx/device_error.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import type { Buffers, Recipe, RecipeFunction } from "./recipe.ts";
import { runTraining } from "./run_training.ts";
import type { Progress, TrainOptions, TrainResult } from "./train_loop.ts";

/** {@linkcode TrainOptions} as they travel, with every default filled in. */
export interface WorkerRequest extends Omit<TrainOptions, "signal" | "onProgress" | "optimiser"> {
  readonly buffers: Buffers;
  readonly optimiser: OptimiserSettings;
  readonly device: NonNullable<TrainOptions["device"]>;
  readonly threads: number;
  /** [0] is 1 once the run shall stop. */
  readonly control: Int32Array;
}

/** What comes back. */
export type WorkerReply =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "done"; readonly result: TrainResult }
  | { readonly kind: "error"; readonly error: PlainError };

/** An error as structured clone carries it whole. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly step?: number;
  readonly checkpoint?: { path: string; step: number } | null;
  readonly tried?: readonly TriedDevice[];
}

const port = self as unknown as {
  onmessage: (event: MessageEvent<WorkerRequest>) => void;
  postMessage(reply: WorkerReply): void;
};

port.onmessage = async ({ data: request }) => {
  try {
    const recipe = await loadRecipe(request);
    const onProgress = (progress: Progress) => port.postMessage({ kind: "progress", progress });
    port.postMessage({ kind: "done", result: await runTraining(recipe, { ...request, onProgress }) });
  } catch (error) {
    const { name, message, stack, step, checkpoint, tried } = error as PlainError;
    port.postMessage({ kind: "error", error: { name, message, stack, step, checkpoint, tried } });
  }
};

async function loadRecipe({ recipe, settings, buffers }: WorkerRequest): Promise<Recipe> {
  const { recipe: make } = await import(recipe) as { recipe?: RecipeFunction };
  if (typeof make === "function") return await make(settings as never, buffers);
  throw new TypeError(
    `Cannot train: the module ${recipe} must export a function "recipe", got ${typeof make}`,
  );
}
