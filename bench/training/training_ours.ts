/**
 * Our side of `deno task bench:training`: runs one training step for every line it reads and prints its duration in
 * milliseconds.
 */
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { initialise } from "../../src/training/graph/layout.ts";
import { OPTIMISER, stepScalars } from "../../src/training/loop/optimiser.ts";
import { openStepper } from "../../src/training/loop/stepper.ts";
import { trainStep } from "../../src/training/loop/train_step.ts";
import { batchOf, startingWeights } from "./training_numbers.ts";
import { workloadRecipe, WORKLOADS } from "./training_workloads.ts";

const workload = WORKLOADS[Deno.args[0] as "unet" | "vae"];
const threads = Number(Deno.args[1]);
const step = trainStep(workloadRecipe(workload), { optimiser: OPTIMISER });
const batch = batchOf(workload);
const stepper = await openStepper(
  (target) => trainStep(workloadRecipe(workload), { optimiser: OPTIMISER, ...target }),
  {
    start: {
      parameters: startingWeights(step.layout),
      statistics: initialise(step.layout.statistics, seededPrng(0)),
    },
    threads,
  },
);
let count = 0;
const run = () =>
  stepper.advance([{ scalars: { ...stepScalars(++count, { ...OPTIMISER, steps: 1e6 }) }, batch }]);
for (let i = 0; i < 3; i++) await run();
console.log("ready onnxruntime");
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  for (let line = 0; line < text.split("\n").length - 1; line++) {
    const start = performance.now();
    await run();
    console.log((performance.now() - start).toFixed(3));
  }
}
