import { compare } from "./compare.ts";
import { dashboard } from "./dashboard.ts";
import { inspect } from "./inspect.ts";
import { project } from "./project.ts";
import { run } from "./run.ts";
import { score } from "./score.ts";
import { segment } from "./segment.ts";
import { start } from "./start.ts";
import { trainUnet } from "./train_unet.ts";
import type { Verb } from "./verb.ts";

/** Every verb, in the order a study goes. */
export const VERBS: readonly Verb[] = [
  start,
  inspect,
  segment,
  score,
  trainUnet,
  run,
  compare,
  project,
  dashboard,
];
