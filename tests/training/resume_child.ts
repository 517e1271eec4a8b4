/**
 * Trains the toy recipe to its end and writes its weights: `resume_child.ts CHECKPOINT WEIGHTS`. A test kills and
 * restarts it.
 */
import { trainLoop } from "../../src/training/loop/train_loop.ts";

const [path, weights] = Deno.args;
const { network } = await trainLoop({
  recipe: import.meta.resolve("./toy_recipe.ts"),
  settings: { sizePx: 16, batch: 4, width: 4 },
  steps: 600,
  seed: 5,
  optimiser: { rate: 0.02, warmup: 5, average: 0.95 },
  validation: { every: 50 },
  checkpoint: { path, every: 10 },
  resume: true,
  threads: 1,
});
const { parameters, statistics } = network;
await Deno.writeFile(weights, new Uint8Array(Float32Array.of(...parameters, ...statistics).buffer));
