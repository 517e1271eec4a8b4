import { assertEquals, assertRejects } from "@std/assert";
import { batchesAhead, batchesHere } from "../../../src/training/loop/batch_source.ts";
import type { Recipe } from "../../../src/training/loop/recipe.ts";
import { recipe as toyRecipe } from "../toy_recipe.ts";

const request = {
  recipe: import.meta.resolve("../toy_recipe.ts"),
  settings: { sizePx: 8, batch: 2, width: 2 },
  buffers: {},
  seed: 3,
  steps: 6,
};

Deno.test("batchesAhead: batches made in a Worker equal those made in this thread, also if steps are not requested in order", async () => {
  const here = batchesHere(toyRecipe(request.settings as never, {}) as Recipe, request);
  for (const ahead of [1, 4]) {
    const source = batchesAhead(request, { ahead });
    for (const step of [3, 4, 5, 6, 2]) assertEquals(await source.batch(step), await here.batch(step));
    source.close();
  }
});

Deno.test("batchesAhead: a module without a recipe, and a recipe that throws, give an error when a batch is requested", async () => {
  const none = batchesAhead({ ...request, recipe: import.meta.resolve("../both_layouts.ts") }, { ahead: 1 });
  await assertRejects(() => none.batch(1), TypeError, `must export a function "recipe"`);
  none.close();
  const broken = batchesAhead({ ...request, settings: null }, { ahead: 1 });
  await assertRejects(() => broken.batch(1), TypeError, "null");
  broken.close();
});
