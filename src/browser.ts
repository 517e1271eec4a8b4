/**
 * Entry point of the browser bundle that turns a film's bytes into its score. It uses the same modules as the command
 * line, except for four that need Node, Deno or the native runtime; `DOORS` in `dashboards/bundle_page.ts` names their
 * replacements. This file is only bundled, never imported in Deno.
 */
export { loadModels, MODEL_FILES, type Models } from "./study/models/model_set.ts";
export { provideModelFiles, readModels } from "./study/models/web_models.ts";
export { type OpenModel, openModel } from "./onnx/open_model.ts";
export { provideRuntime, type WebRuntime } from "./onnx/web_runtime.ts";
export { providePackageFiles } from "./platform/web_platform.ts";
export { liveScorer } from "./study/score/live_scorer.ts";
