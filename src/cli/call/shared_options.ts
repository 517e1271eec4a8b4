import type { OptionSpec } from "./verb.ts";

/** Options that several verbs share. */
export const SHARED = {
  models: {
    kind: "text",
    value: "DIR",
    help: "folder of models and plan.json (default: the folder models that comes with Caput)",
  },
  device: {
    kind: ["auto", "cpu", "webgpu", "cuda"],
    help: "where the networks run; auto (the default) uses the fastest device that works and reports it",
  },
  seed: {
    kind: "whole",
    range: [0, 2 ** 32 - 1],
    help: "random seed (default 1)",
  },
} as const satisfies Record<string, OptionSpec>;
