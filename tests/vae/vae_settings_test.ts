import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { localChangesOf, vaeSettings } from "../../src/vae/vae_settings.ts";

Deno.test("vaeSettings: 1270 crops, as in the paper, get 128 latent dimensions; 120 crops get 24, stronger augmentation and more epochs", () => {
  const paper = vaeSettings({ n: 1270 }).settings, small = vaeSettings({ n: 120 }).settings;
  assertEquals([paper.latentSize, paper.measuredSize], [128, 28]);
  assertEquals([small.latentSize, small.measuredSize], [24, 24]);
  assertEquals(vaeSettings({ n: 30 }).settings.measuredSize, 7); // four training heads per measured coordinate
  assert(small.changes.shift > paper.changes.shift);
  assert(small.changes.contrast > paper.changes.contrast);
  assert(
    small.steps * small.batch / 120 > paper.steps * paper.batch / 1270,
    "a small cohort must be trained for more epochs",
  );
});

Deno.test("vaeSettings: notes state the latent size and list the settings that the caller set", () => {
  const { settings, notes } = vaeSettings({ n: 200, overrides: { latentSize: 6, beta: 2 } });
  assertEquals(settings.latentSize, 6);
  assertStringIncludes(
    notes[0],
    "200 training crops: 6 latent dimensions (as requested), 6 of them used for the distance",
  );
  assertStringIncludes(notes.at(-1)!, "beta 2, latentSize 6");
});

Deno.test("vaeSettings: settings out of range are rejected", () => {
  assertThrows(() => vaeSettings({ n: 19 }), RangeError, "at least 20");
  assertThrows(() => vaeSettings({ n: 200, overrides: { sizePx: 100 } }), RangeError, "divisible by 32");
  assertThrows(() => vaeSettings({ n: 200, overrides: { pixelSd: 0 } }), RangeError, "pixelSd above 0");
  assertThrows(
    () => vaeSettings({ n: 200, overrides: { steps: 1.5 } }),
    RangeError,
    "steps must be a whole number",
  );
});

Deno.test("vaeSettings: from a trained network, sizes are kept, and steps and learning rate are lower; measuredSize above latentSize is rejected", () => {
  const from = { sizePx: 64, latentSize: 40, channels: [8, 16] };
  const { settings, notes } = vaeSettings({ n: 60, from }), cold = vaeSettings({ n: 60 }).settings;
  assertEquals([settings.sizePx, settings.latentSize, settings.channels], [64, 40, [8, 16]]);
  assert(settings.steps < cold.steps && settings.learningRate < cold.learningRate && settings.warmUp === 0);
  assertStringIncludes(
    notes[0],
    "40 latent dimensions (as in the network that training starts from), 15 of them used for the distance",
  );
  assertThrows(
    () => vaeSettings({ n: 60, overrides: { latentSize: 8, measuredSize: 9 } }),
    RangeError,
    "measuredSize must be at most latentSize (8), got 9",
  );
});

Deno.test("vaeSettings: from 3000 crops on, 80 % of the crops are changed locally instead of 50 %", () => {
  const share = (n: number) => vaeSettings({ n }).settings.localChanges.share;
  assertEquals([60, 1270, 2999, 3000, 3810].map(share), [0.5, 0.5, 0.5, 0.8, 0.8]);
});

Deno.test("localChangesOf: changes grow with the strength, and none are made at strength 0; a share above 1 is rejected", () => {
  assertEquals(localChangesOf(0).share, 0);
  assert(localChangesOf(2).ridge === 2 * localChangesOf(1).ridge && localChangesOf(2).share === 0.5);
  assertThrows(
    () => vaeSettings({ n: 60, overrides: { localChanges: { ...localChangesOf(1), share: 2 } } }),
    RangeError,
    "share of local changes",
  );
});
