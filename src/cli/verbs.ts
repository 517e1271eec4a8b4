import { compare } from "./compare.ts";
import { inspect } from "./inspect.ts";
import { project } from "./project.ts";
import type { Verb } from "./verb.ts";

/** Every verb, in the order a study goes. */
export const VERBS: readonly Verb[] = [inspect, compare, project];
