/**
 * Two training steps of a tiny network on WebGPU and on the CPU; prints the losses and the difference of the states.
 */
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { DeviceError } from "../../src/onnx/device_error.ts";
import { relu, sigmoid } from "../../src/training/layers/activations.ts";
import { batchNorm } from "../../src/training/layers/batch_norm.ts";
import { conv2d, convTranspose2d } from "../../src/training/convolution/convolution.ts";
import { add } from "../../src/training/layers/elementwise.ts";
import { initialise } from "../../src/training/graph/layout.ts";
import { bceWithLogits, softDice } from "../../src/training/losses/losses.ts";
import { OPTIMISER, stepScalars } from "../../src/training/loop/optimiser.ts";
import { maxPool2d } from "../../src/training/layers/pooling.ts";
import type { Recipe } from "../../src/training/loop/recipe.ts";
import { concat } from "../../src/training/layers/shapes.ts";
import { openStepper } from "../../src/training/loop/stepper.ts";
import { trainStep } from "../../src/training/loop/train_step.ts";
import type { Device } from "../../src/types.ts";
import { discs } from "./toy_recipe.ts";

const shape = [2, 1, 16, 16];
const recipe: Pick<Recipe, "build"> = {
  build(g, param) {
    const x = g.input("x", shape), t = g.input("t", shape);
    const y = conv2d(x, param("in", [4, 1, 3, 3]), { padding: 1 });
    const top = relu(
      batchNorm(y, { name: "n", gain: param("gain", [4], { init: 1 }), shift: param("shift", [4]) }),
    );
    const low = relu(
      conv2d(maxPool2d(top), param("low", [8, 4, 3, 3]), { padding: 1, bias: param("low.bias", [8]) }),
    );
    const up = convTranspose2d(low, param("up", [8, 4, 2, 2]), { stride: 2 });
    const logits = conv2d(concat([up, top]), param("head", [1, 8, 1, 1]), { bias: param("head.bias", [1]) });
    return { loss: add(bceWithLogits(logits, t), softDice(sigmoid(logits), t)) };
  },
};
const optimiser = { ...OPTIMISER, rate: 0.01, average: 0.9 };

async function twoSteps(device: Device) {
  const { layout } = trainStep(recipe, { optimiser });
  const start = {
    parameters: initialise(layout.parameters, seededPrng(1)),
    statistics: initialise(layout.statistics, seededPrng(1)),
  };
  const stepper = await openStepper((on) => trainStep(recipe, { optimiser, ...on }), {
    start,
    device,
    threads: 1,
  });
  const losses: number[] = [];
  for (let step = 1; step <= 2; step++) {
    const batch = { ...discs({ sizePx: 16, batch: 2, width: 0 }, seededPrng(step)) };
    const [{ loss }] = await stepper.advance([{
      scalars: { ...stepScalars(step, { ...optimiser, steps: 50 }) },
      batch,
    }]);
    losses.push(loss);
  }
  const state = await stepper.state();
  await stepper.close();
  return { losses, state };
}

try {
  const gpu = await twoSteps("webgpu"), cpu = await twoSteps("cpu");
  const apart = Object.keys(cpu.state).map((name) => {
    const norm = (v: (i: number) => number) =>
      Math.sqrt(cpu.state[name].reduce((s, _, i) => s + v(i) ** 2, 0));
    return [name, norm((i) => gpu.state[name][i] - cpu.state[name][i]) / norm((i) => cpu.state[name][i])];
  });
  console.log(JSON.stringify({ apart: Object.fromEntries(apart), losses: [gpu.losses, cpu.losses] }));
} catch (error) {
  if (!(error instanceof DeviceError)) throw error;
  console.log(JSON.stringify({ skipped: error.message }));
}
Deno.exit(0); // threads of the driver may keep running
