import { assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { openModel, type Tensor } from "../../../src/onnx/open_model.ts";
import { initialise } from "../../../src/training/graph/layout.ts";
import { loopedStep } from "../../../src/training/loop/looped_step.ts";
import { OPTIMISER, stepScalars } from "../../../src/training/loop/optimiser.ts";
import { openStepper } from "../../../src/training/loop/stepper.ts";
import { trainStep } from "../../../src/training/loop/train_step.ts";
import type { Recipe } from "../../../src/training/loop/recipe.ts";
import { discs, recipe as toyRecipe, type ToySettings } from "../toy_recipe.ts";

Deno.test("loopedStep: five steps in an ONNX Loop give the same losses and state as five single steps", async () => {
  const settings: ToySettings = { sizePx: 12, batch: 2, width: 3 };
  const recipe = toyRecipe(settings as never, {}) as Recipe;
  const optimiser = { ...OPTIMISER, average: 0.9, rate: 0.01 }, steps = 5;
  const step = trainStep(recipe, { optimiser });
  const start: Record<string, Float32Array> = {
    parameters: initialise(step.layout.parameters, seededPrng(2)),
    statistics: initialise(step.layout.statistics, seededPrng(2)),
  };
  const rows = Array.from({ length: steps }, (_, k) => ({
    scalars: { ...stepScalars(k + 1, { ...optimiser, steps }) } as Record<string, number>,
    batch: { ...discs(settings, seededPrng(k)) } as Record<string, Float32Array>,
  }));

  const single = await openStepper(() => step, { start, threads: 1 });
  const losses = (await single.advance(rows)).map(({ loss }) => loss);
  const expected = await single.state();

  const looped = await openModel(loopedStep(step), { device: "cpu", threads: 1 });
  const feeds: Record<string, Tensor> = {};
  for (const [name, length] of Object.entries(step.state)) {
    feeds[name] = { data: start[name] ?? new Float32Array(length), dims: [length] };
  }
  for (const name of step.scalars) {
    feeds[name] = { data: Float32Array.from(rows, (row) => row.scalars[name]), dims: [steps] };
  }
  for (const [name, dims] of Object.entries(step.inputs)) {
    const data = Float32Array.from(rows.flatMap((row) => [...row.batch[name]]));
    feeds[name] = { data, dims: [steps, ...dims] };
  }
  const results = await looped.run(feeds);
  assertEquals([...results.loss.data], losses);
  for (const name of Object.keys(step.state)) assertEquals(results[`next.${name}`].data, expected[name]);
  await single.close();
  await looped.close();
});
