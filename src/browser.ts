/**
 * The way from a film's bytes to its score as a browser runs it: the modules of the command line, with the four that touch Node, Deno
 * or the native runtime replaced (`DOORS` in `dashboards/bundle_page.ts`). It is bundled, never imported in Deno.
 */
export { loadModels, MODEL_FILES, type Models } from "./study/models/model_set.ts";
export { provideModelFiles, readModels } from "./study/models/web_models.ts";
export { type OpenModel, openModel } from "./onnx/open_model.ts";
export { provideRuntime, type WebRuntime } from "./onnx/web_runtime.ts";
export { providePackageFiles } from "./platform/web_platform.ts";
export { liveScorer } from "./study/score/live_scorer.ts";
