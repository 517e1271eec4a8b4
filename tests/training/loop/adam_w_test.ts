import { assertClose } from "@std/assert";
import { add, exp, square } from "../../../src/training/layers/elementwise.ts";
import { matmul } from "../../../src/training/layers/linear.ts";
import { OPTIMISER } from "../../../src/training/loop/optimiser.ts";
import { sum } from "../../../src/training/layers/reductions.ts";
import { openStepper } from "../../../src/training/loop/stepper.ts";
import { trainStep } from "../../../src/training/loop/train_step.ts";

const path = new URL("../../fixtures/training/operations.json", import.meta.url);
const { adamW } = JSON.parse(await Deno.readTextFile(path));

Deno.test("three AdamW steps, with clipping and with weight decay of matrices only, agree with PyTorch", async () => {
  const { rate, weightDecay, clip, start } = adamW;
  const optimiser = { ...OPTIMISER, rate, weightDecay, clip };
  const step = trainStep({
    build(g, param) {
      const y = matmul(g.input("x", [5, 2]), param("a", [2, 3]));
      return { loss: add(sum(exp(y)), sum(square(square(param("b", [4]))))) };
    },
  }, { optimiser });
  const stepper = await openStepper(() => step, {
    start: { parameters: Float32Array.from(start) },
    threads: 1,
  });
  for (let t = 1; t <= 3; t++) {
    const scalars = {
      rate,
      firstCorrection: 1 / (1 - optimiser.beta1 ** t),
      secondCorrection: 1 / Math.sqrt(1 - optimiser.beta2 ** t),
    };
    const [{ loss, gradientNorm }] = await stepper.advance([{
      scalars,
      batch: { x: Float32Array.from(adamW.x) },
    }]);
    const expected = adamW.steps[t - 1];
    assertClose([loss, gradientNorm], [expected.loss, expected.norm], { relative: 2e-6 });
    const { parameters } = await stepper.state();
    assertClose(parameters, expected.parameters, { relative: 2e-6, absolute: 2e-6 });
  }
  await stepper.close();
});
