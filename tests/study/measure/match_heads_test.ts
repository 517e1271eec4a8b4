import { assertEquals } from "@std/assert";
import type { ExpectedHead } from "../../../src/study/cohort/film_job.ts";
import { matchHeads } from "../../../src/study/measure/match_heads.ts";
import type { HeadMask, Side } from "../../../src/types.ts";

const wants = (...sides: Side[]) =>
  sides.map((side, i): ExpectedHead => ({ headId: `h${i}`, patient: "p", row: i + 1, side, grade: 0 }));
const finds = (...sides: Side[]) => sides.map((side, i) => ({ side, areaPx: i } as unknown as HeadMask));
const outcome = (expected: ExpectedHead[], found: HeadMask[]) =>
  matchHeads(expected, found).map(([, mask]) => mask === null ? null : found.indexOf(mask));

Deno.test("matchHeads: each expected head is matched with the found head of the same side", () => {
  assertEquals(outcome(wants("left", "right"), finds("right", "left")), [1, 0]);
  assertEquals(outcome(wants("right"), finds("left")), [null]);
  assertEquals(outcome(wants("right", "left"), finds("right")), [0, null]);
});

Deno.test("matchHeads: one unknown side is inferred from the side of the other head; two unknown sides are not inferred", () => {
  assertEquals(outcome(wants("unknown"), finds("left")), [0]);
  assertEquals(outcome(wants("right", "left"), finds("right", "unknown")), [0, 1]);
  assertEquals(outcome(wants("unknown", "unknown"), finds("right", "left")), [null, null]);
  assertEquals(outcome(wants("unknown"), finds("right", "left")), [null]);
});
