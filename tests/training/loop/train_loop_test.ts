import { assert, assertEquals, assertRejects } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { InputError } from "../../../src/input_error.ts";
import { openModel } from "../../../src/onnx/open_model.ts";
import { exportNetwork } from "../../../src/training/graph/export_network.ts";
import { trainLoop } from "../../../src/training/loop/train_loop.ts";
import type { TrainOptions } from "../../../src/training/loop/train_options.ts";
import { TrainingDivergedError } from "../../../src/training/loop/training_diverged_error.ts";
import { discs, toyNetwork, type ToySettings } from "../toy_recipe.ts";

const settings: ToySettings = { sizePx: 16, batch: 4, width: 4 };
const toy: TrainOptions = {
  recipe: import.meta.resolve("../toy_recipe.ts"),
  settings,
  steps: 60,
  seed: 5,
  optimiser: { rate: 0.02, warmup: 5 },
  threads: 1,
};

Deno.test("trainLoop learns to segment discs; the exported network classifies over 90 % of pixels correctly with another batch size", async () => {
  const { network, reason, loss, history } = await trainLoop({ ...toy, validation: { every: 20 } });
  assertEquals(reason, "finished");
  assert(loss < 0.4, `loss ${loss}`);
  assertEquals(history.map((row) => row.step), [20, 40, 60]);
  const model = await openModel(exportNetwork(toyNetwork(settings), network, { shape: [1, 16, 16] }), {
    device: "cpu",
    inputs: { x: ["n", 1, 16, 16] },
    outputs: ["y"],
  });
  const { x, t } = discs({ ...settings, batch: 3 }, seededPrng(1));
  const { y } = await model.run({ x: { data: x, dims: [3, 1, 16, 16] } });
  await model.close();
  assertEquals(y.dims, [3, 1, 16, 16]);
  const right = y.data.reduce((count, logit, i) => count + Number((logit > 0) === (t[i] > 0.5)), 0);
  assert(right / t.length > 0.9, `share of pixels right ${right / t.length}`);
});

Deno.test("trainLoop does not block the main thread, and reports progress up to the last step", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const seen: number[] = [];
  await trainLoop({ ...toy, onProgress: ({ step }) => seen.push(step) });
  clearInterval(timer);
  assert(ticks > 10, `${ticks} ticks`);
  assertEquals(seen.at(-1), 60);
});

Deno.test("trainLoop: a run that is stopped and resumed ends with the same network as an uninterrupted run; other options are rejected", async () => {
  const path = await Deno.makeTempFile();
  const averaged = { ...toy, optimiser: { ...toy.optimiser, average: 0.9 } };
  const whole = await trainLoop(averaged);
  const abort = new AbortController();
  const checkpoint = { path, every: 7 };
  const onProgress = () => abort.abort();
  const part = await trainLoop({ ...averaged, checkpoint, signal: abort.signal, onProgress });
  assertEquals(part.reason, "aborted");
  assert(part.step < 60);
  const rest = await trainLoop({ ...averaged, checkpoint, resume: true });
  assertEquals(rest.step, 60);
  assertEquals(rest.network, whole.network);
  const otherOptions = () => trainLoop({ ...averaged, seed: 6, checkpoint, resume: true });
  await assertRejects(otherOptions, InputError, "Cannot resume");
  const { fix } = await otherOptions().catch((error) => error);
  assertEquals(fix, "use the same options as the interrupted run, or leave out --resume to start again");
  await Deno.remove(path);
});

Deno.test("trainLoop stops if the loss is not finite and names the last good checkpoint", async () => {
  const path = await Deno.makeTempFile();
  const checkpoint = { path, every: 4 };
  try {
    await trainLoop({ ...toy, checkpoint, settings: { ...settings, poison: 10 } });
  } catch (error) {
    assert(error instanceof TrainingDivergedError);
    assertEquals(error.step, 10);
    assertEquals(error.checkpoint, { path, step: 8 });
    return;
  } finally {
    await Deno.remove(path);
  }
  throw new Error("Expected TrainingDivergedError");
});

Deno.test("trainLoop stops early when validation no longer improves", async () => {
  const { reason, best, history } = await trainLoop({
    ...toy,
    steps: 400,
    validation: { every: 5, patience: 2 },
  });
  assertEquals(reason, "early-stop");
  assertEquals(Math.min(...history.map((row) => row.score)), best!.score);
  assert(history.length < 80);
});
