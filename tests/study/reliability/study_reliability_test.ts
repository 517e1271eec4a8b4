import { assert, assertEquals, assertRejects } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { paperCohort } from "../../../src/phantom/patient/paper_cohort.ts";
import { measureRepeatability } from "../../../src/study/reliability/measure_repeatability.ts";
import { measureStability } from "../../../src/study/reliability/measure_stability.ts";
import { loadModels } from "../../../src/study/models/model_set.ts";
import { studyReliability } from "../../../src/study/reliability/study_reliability.ts";
import type { HeadCrop } from "../../../src/types.ts";

Deno.test("measureRepeatability: a different bit depth changes less than a different pose; every head is compared or counted as missed", async () => {
  const models = await loadModels(undefined, { device: "cpu" });
  const found = await measureRepeatability(paperCohort(1), { models, patients: 2 });
  assertEquals([found.patients, found.measures.length], [2, 12]);
  const of = (change: string) =>
    found.measures.find((each) => each.change === change && each.measure === "distance")!;
  assertEquals(of("bit depth").heads + found.missed["bit depth"], 4);
  assert(of("bit depth").smallestDetectableChange < of("pose").smallestDetectableChange);
  assert(of("bit depth").icc > 0.9);
});

Deno.test("measureStability: trainings with two seeds are compared head by head; one seed is rejected", async () => {
  const prng = seededPrng(8);
  const crop = (dark: number): HeadCrop => {
    const x0 = 64 + 6 * prng.normal(), y0 = 64 + 6 * prng.normal();
    const pixels = Float32Array.from({ length: 128 * 128 }, (_, i) => {
      const away = Math.hypot(i % 128 - x0, Math.floor(i / 128) - y0);
      return away < 44 ? 0.8 - (away < 15 ? dark : 0) + 0.02 * prng.normal() : 0.2;
    });
    return { kind: "head-crop", side: "right", sizePx: 128, pixels };
  };
  const heads = Array.from({ length: 50 }, (_, i) => ({
    grade: i < 44 ? 0 : 3,
    split: i < 28 ? "train" as const : i < 36 ? "validation" as const : "held-out" as const,
  }));
  const crops = heads.map(({ grade }) => crop(grade / 8));
  const { seeds, heads: n, spearman, auc } = await measureStability(heads, {
    crops,
    seeds: [1, 2],
    steps: 12,
  });
  assertEquals([seeds, n, auc.length, auc[0].bySeed.length], [[1, 2], 14, 1, 2]);
  assert(spearman.least <= spearman.mean && Math.abs(spearman.mean) <= 1);
  await assertRejects(() => measureStability(heads, { crops, seeds: [1] }), RangeError, "at least 2 seeds");
});

Deno.test("studyReliability: a folder without a finished study is rejected", async () => {
  const folder = await Deno.makeTempDir();
  await assertRejects(() => studyReliability(folder), RangeError, "must contain a finished study");
  await Deno.remove(folder);
});
