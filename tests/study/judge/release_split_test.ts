import { assertEquals } from "@std/assert";
import { releaseSplit } from "../../../src/study/judge/release_split.ts";
import { splitSha256 } from "../../../src/study/cohort/split_sha256.ts";

const cohort = (train: number, heldOut: number) =>
  Array.from({ length: train + heldOut }, (_, i) => ({
    headId: String(i),
    patient: String(i >> 1),
    grade: 0,
    split: i < train ? "train" : "held-out",
    // deno-lint-ignore no-explicit-any -- only the fields that decide the split
  })) as any[];
const plan = { name: "another cohort", vae: { latentSize: 4, channels: [] }, splitSha256: "other" };

Deno.test("releaseSplit: if nothing is fitted on a cohort, all of its graded heads are compared", () => {
  const small = cohort(10, 6);
  const { heads, notes } = releaseSplit(small, { plan, given: true, stated: false });
  assertEquals(new Set(heads.map(({ split }) => split)), new Set(["held-out"]));
  assertEquals(notes, [
    "The models come from another cohort and nothing was fitted to this cohort, so all of its graded heads are compared.",
  ]);
});

Deno.test("releaseSplit: the split is kept if the cohort is large enough for a covariance, the models folder lacks a normative model, the cohort file states the split, or the models were trained on this split", () => {
  const large = cohort(12, 6), small = cohort(10, 6);
  assertEquals(releaseSplit(large, { plan, given: true, stated: false }).heads, large);
  assertEquals(releaseSplit(small, { plan, given: false, stated: false }).heads, small);
  assertEquals(releaseSplit(small, { plan, given: true, stated: true }).heads, small);
  const own = { ...plan, splitSha256: splitSha256(small) };
  assertEquals(releaseSplit(small, { plan: own, given: true, stated: false }).heads, small);
});
