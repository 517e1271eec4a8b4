import { assert, assertClose, assertEquals } from "@std/assert";
import { OPTIMISER, stepScalars } from "../../../src/training/loop/optimiser.ts";

const at = (step: number, more = {}) =>
  stepScalars(step, { ...OPTIMISER, rate: 0.5, warmup: 10, steps: 110, ...more });

Deno.test("stepScalars: the learning rate rises linearly to its peak, then falls along half a cosine to 0 or finalShare", () => {
  assertClose([1, 5, 10].map((step) => at(step).rate), [0.05, 0.25, 0.5]);
  assertClose(at(60).rate, 0.25);
  assertClose(at(110).rate, 0, { absolute: 1e-12 });
  assertClose(at(110, { finalShare: 0.1 }).rate, 0.05);
});
Deno.test("stepScalars: the learning rate never rises after the warm-up, and without a warm-up it starts at the peak", () => {
  for (let step = 11; step <= 110; step++) assert(at(step).rate <= at(step - 1).rate);
  assertClose(stepScalars(1, { ...OPTIMISER, rate: 1, warmup: 0, steps: 1e6 }).rate, 1, { relative: 1e-9 });
});
Deno.test("Adam's bias corrections at step 1 are those of Kingma and Ba", () => {
  assertClose([at(1).firstCorrection, at(1).secondCorrection], [1 / 0.1, 1 / Math.sqrt(0.001)], {
    relative: 1e-9,
  });
});
Deno.test("stepScalars: running statistics start as plain means; the weight average follows the weights faster in the first steps", () => {
  assertClose([at(1).statisticsRate, at(4).statisticsRate, at(100).statisticsRate], [1, 0.25, 0.1]);
  assertClose(at(1, { average: 0.99 }).averageRate, 0.9);
  assertClose(stepScalars(5000, { ...OPTIMISER, average: 0.99, steps: 1e4 }).averageRate, 0.01);
  assertEquals(at(3, { average: 0 }).averageRate, 1);
});
