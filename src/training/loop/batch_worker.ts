/** Worker of `batchesAhead`: loads the recipe once, then makes the requested batches. */
import { loadRecipe } from "./load_recipe.ts";
import { type BatchReply, type BatchRequest, makeBatch } from "./make_batch.ts";
import { packError } from "../../workers/carried_error.ts";
import type { Recipe } from "./recipe.ts";

const port = self as unknown as {
  onmessage: (event: MessageEvent<BatchRequest>) => void;
  postMessage(reply: BatchReply, transfer?: Transferable[]): void;
};

let opened: { recipe: Promise<Recipe>; seed: number };

port.onmessage = async ({ data }) => {
  if ("open" in data) {
    opened = { recipe: loadRecipe(data.open), seed: data.open.seed };
    opened.recipe.catch(() => {}); // the error is reported with the first batch
    return;
  }
  const { step } = data;
  try {
    const batch = await makeBatch(await opened.recipe, { step, seed: opened.seed });
    const buffers = Object.values(batch).map(({ buffer }) => buffer).filter((b) => b instanceof ArrayBuffer);
    port.postMessage({ step, batch }, [...new Set(buffers)]);
  } catch (error) {
    port.postMessage({ step, error: packError(error) });
  }
};
