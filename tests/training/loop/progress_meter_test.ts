import { assert, assertClose, assertEquals } from "@std/assert";
import { progressMeter } from "../../../src/training/loop/progress_meter.ts";
import type { Progress } from "../../../src/training/loop/train_options.ts";

function meter(recentLosses: number[] = [], done = 0) {
  const seen: Progress[] = [];
  const made = progressMeter({
    steps: 200,
    done,
    recentLosses,
    device: "cpu",
    onProgress: (p) => seen.push(p),
  });
  return { ...made, seen };
}

Deno.test("progressMeter: the reported loss is the mean of the last 50 losses", () => {
  const { add, loss, recentLosses } = meter();
  for (let step = 1; step <= 60; step++) add(step, { loss: step, gradientNorm: 1 });
  assertClose(loss(), 35.5);
  assertEquals(recentLosses().length, 50);
});

Deno.test("progressMeter: after resuming, the loss includes the stored recent losses, metrics only the new steps", () => {
  const { add, loss, flush, seen } = meter([1, 2, 3], 3);
  add(4, { loss: 6, dice: 0.5 });
  flush();
  assertClose(loss(), 3);
  assertEquals(seen.at(-1)!.metrics, { dice: 0.5 });
});

Deno.test("progressMeter: secondsLeft is the number of remaining steps divided by the rate in steps per second", () => {
  const { add, seen } = meter([1], 100);
  add(101, { loss: 1 });
  const { step, steps, rate, secondsLeft } = seen[0];
  assertEquals([step, steps], [101, 200]);
  assert(rate > 0);
  assertClose(secondsLeft, 99 / rate, { relative: 1e-9 });
});

Deno.test("progressMeter: many steps in a short time give one report; flush reports the last step once, with its validation", () => {
  const { add, flush, validated, seen } = meter();
  for (let step = 1; step <= 20; step++) add(step, { loss: 1 });
  assertEquals(seen.length, 1);
  validated({ step: 20, loss: 1, score: 0.25 });
  flush();
  flush();
  assertEquals(seen.map((p) => p.step), [1, 20]);
  assertEquals(seen[1].validation?.score, 0.25);
});
