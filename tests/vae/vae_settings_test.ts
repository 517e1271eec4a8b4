import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { vaeSettings } from "../../src/vae/vae_settings.ts";

Deno.test("the paper's cohort gets the full size, a small one fewer dimensions and more change", () => {
  const paper = vaeSettings({ n: 1270 }).settings, small = vaeSettings({ n: 120 }).settings;
  assertEquals(paper.latentSize, 64);
  assertEquals(small.latentSize, 12);
  assert(small.changes.shift > paper.changes.shift);
  assert(small.changes.contrast > paper.changes.contrast);
  assert(
    small.steps * small.batch / 120 > paper.steps * paper.batch / 1270,
    "a small cohort is passed over more often",
  );
});

Deno.test("notes say what was chosen and what the caller set", () => {
  const { settings, notes } = vaeSettings({ n: 200, overrides: { latentSize: 6, beta: 2 } });
  assertEquals(settings.latentSize, 6);
  assertStringIncludes(notes[0], "200 training crops: 6 latent dimensions (as asked)");
  assertStringIncludes(notes.at(-1)!, "beta, latentSize");
});

Deno.test("settings out of range are refused", () => {
  assertThrows(() => vaeSettings({ n: 19 }), RangeError, "at least 20");
  assertThrows(() => vaeSettings({ n: 200, overrides: { sizePx: 100 } }), RangeError, "divisible by 32");
  assertThrows(() => vaeSettings({ n: 200, overrides: { pixelSd: 0 } }), RangeError, "pixelSd > 0");
  assertThrows(
    () => vaeSettings({ n: 200, overrides: { steps: 1.5 } }),
    RangeError,
    "steps is a whole number",
  );
});
