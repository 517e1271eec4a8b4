import { assertEquals, assertRejects } from "@std/assert";
import { runTraining } from "../../../src/training/loop/run_training.ts";
import { OPTIMISER } from "../../../src/training/loop/optimiser.ts";
import type { Recipe } from "../../../src/training/loop/recipe.ts";
import type { WorkerRequest } from "../../../src/training/loop/train_options.ts";
import { trainLoop } from "../../../src/training/loop/train_loop.ts";
import { TrainingDivergedError } from "../../../src/training/loop/training_diverged_error.ts";
import { recipe as toyRecipe } from "../toy_recipe.ts";

const toy = toyRecipe({ sizePx: 8, batch: 2, width: 2 } as never, {}) as Recipe;
const request = (more: Partial<WorkerRequest> = {}): WorkerRequest => ({
  recipe: "",
  settings: {},
  buffers: {},
  steps: 4,
  seed: 1,
  optimiser: OPTIMISER,
  device: "cpu",
  threads: 1,
  control: new Int32Array(1),
  ...more,
});

Deno.test("runTraining: the same seed gives identical weights, a different seed different weights", async () => {
  const run = async (seed: number) => (await runTraining(toy, request({ seed }))).network.parameters;
  const one = await run(1);
  assertEquals(await run(1), one);
  assertEquals((await run(2)).join() === one.join(), false);
});

Deno.test("runTraining: a batch of the wrong length is rejected with the input's name", async () => {
  const short: Recipe = { ...toy, batch: () => ({ x: new Float32Array(3), t: new Float32Array(128) }) };
  await assertRejects(
    () => runTraining(short, request()),
    TypeError,
    `feed "x": the batch must hold 128 float32 numbers`,
  );
});

Deno.test("runTraining: validation needs the recipe's evaluate and validate, and a finite score", async () => {
  const none: Recipe = { build: toy.build, batch: toy.batch };
  const validation = { every: 2 };
  await assertRejects(
    () => runTraining(none, request({ validation })),
    TypeError,
    "both evaluate and validate",
  );
  const broken: Recipe = { ...toy, validate: () => NaN };
  await assertRejects(() => runTraining(broken, request({ validation })), RangeError, "got NaN at step 2");
});

Deno.test("runTraining: a loss that explodes stops the run with TrainingDivergedError", async () => {
  const grows: Recipe = {
    ...toy,
    batch: async (step, prng) => {
      const { x, t } = await toy.batch(step, prng);
      return { x: x.map((v) => step > 2 ? v * 1e8 : v), t: t.map((v) => step > 2 ? v - 1e8 : v) };
    },
  };
  await assertRejects(
    () => runTraining(grows, request()),
    TrainingDivergedError,
    "Cannot go on training: at step 3",
  );
});

Deno.test("runTraining returns the weights with the best validation score, not the last weights", async () => {
  const runWith = (scores: number[]) => {
    const left = [...scores];
    const recipe: Recipe = { ...toy, validate: () => left.shift()! };
    return runTraining(recipe, request({ validation: { every: 1 } }));
  };
  const { best, network, history } = await runWith([3, 1, 2, 5]);
  assertEquals(best, { step: 2, score: 1 });
  assertEquals(history.map((row) => row.score), [3, 1, 2, 5]);
  assertEquals((await runWith([9, 1, 8, 7])).network.parameters, network.parameters);
  const first = await runWith([0, 0, 0, 0]), last = await runWith([4, 3, 2, 1]);
  assertEquals([first.best, last.best], [{ step: 1, score: 0 }, { step: 4, score: 1 }]);
  for (const other of [first, last]) {
    assertEquals(network.parameters.join() === other.network.parameters.join(), false);
  }
});

Deno.test("trainLoop rejects a module without a recipe, and options out of range", async () => {
  const options = { settings: {}, steps: 1, seed: 0, recipe: import.meta.resolve("../check_gradient.ts") };
  await assertRejects(() => trainLoop(options), TypeError, `must export a function "recipe"`);
  await assertRejects(
    () => trainLoop({ ...options, steps: 0 }),
    RangeError,
    "steps must be a whole number from 1, got 0",
  );
  await assertRejects(
    () => trainLoop({ ...options, resume: true }),
    TypeError,
    "resume needs checkpoint.path",
  );
});
