import type { OptionSpec } from "./verb.ts";

/** Options that several verbs share, so that they read alike everywhere. */
export const SHARED = {
  models: {
    kind: "text",
    value: "DIR",
    help: "folder of models and plan.json (default: the models that come with Caput)",
  },
  device: {
    kind: ["auto", "cpu", "webgpu", "cuda"],
    help: "where networks run; auto (the default) takes the fastest that works and says which",
  },
  seed: {
    kind: "whole",
    range: [0, 2 ** 32 - 1],
    help: "seed of everything that is drawn by chance (default 1)",
  },
} as const satisfies Record<string, OptionSpec>;
