import { assertEquals } from "@std/assert";
import type { FoundCandidate } from "../../../src/segmentation/looks/find_candidates.ts";
import { HEAD_THRESHOLDS } from "../../../src/segmentation/looks/judge_head.ts";
import { judgeCandidates, mergeLooks } from "../../../src/segmentation/looks/merge_looks.ts";
import { boxOutline, candidateOf, HEAD_EVIDENCE } from "../disc_outline.ts";

type Verdict = "sure" | "doubtful" | "none";
const { doubtful, sure } = HEAD_THRESHOLDS.confidence;
const CONFIDENCE = { sure: sure + 0.01, doubtful: (sure + doubtful) / 2, none: doubtful - 0.01 };

/** A candidate of 30 x 30 pixels at column `x` with the given evidence. */
const seen = (verdict: Verdict, x = 100): FoundCandidate => ({
  candidate: candidateOf(boxOutline([x, 50, 30, 30])),
  evidence: { ...HEAD_EVIDENCE, confidence: CONFIDENCE[verdict] },
});
/** Whether each head is sure or doubtful, and its column. */
const inWords = (heads: ReturnType<typeof mergeLooks>) =>
  heads.map(({ outline, doubtful }) => `${doubtful ? "doubtful" : "sure"} ${outline.boxPx.x}`);

Deno.test("judgeCandidates: rejected candidates are dropped, doubtful ones are marked", () => {
  const heads = judgeCandidates([seen("sure", 0), seen("doubtful", 100), seen("none", 200)]);
  assertEquals(inWords(heads), ["sure 0", "doubtful 100"]);
  const strict = { ...HEAD_THRESHOLDS, firstLook: { doubtful: 0.5, sure: 0.95 } };
  assertEquals(inWords(judgeCandidates([seen("sure", 0)], strict)), ["doubtful 0"]);
});

Deno.test("mergeLooks: a head that is sure in the plain view stays, even if the mean of the views has no head there", () => {
  assertEquals(inWords(mergeLooks({ once: [seen("sure")], views: [] })), ["sure 100"]);
  assertEquals(inWords(mergeLooks({ once: [seen("sure")], views: [seen("none")] })), ["sure 100"]);
});

Deno.test("mergeLooks: where the plain view has a candidate that is not sure, the mean of the views decides", () => {
  for (const first of ["doubtful", "none"] as const) {
    assertEquals(inWords(mergeLooks({ once: [seen(first)], views: [seen("sure")] })), ["sure 100"]);
    assertEquals(inWords(mergeLooks({ once: [seen(first)], views: [seen("doubtful")] })), ["doubtful 100"]);
    assertEquals(inWords(mergeLooks({ once: [seen(first)], views: [seen("none")] })), []);
  }
  assertEquals(inWords(mergeLooks({ once: [seen("doubtful")], views: [] })), []);
});

Deno.test("mergeLooks: a head that only the mean of the views has must be sure in that mean, and is marked doubtful", () => {
  assertEquals(inWords(mergeLooks({ once: [], views: [seen("sure")] })), ["doubtful 100"]);
  assertEquals(inWords(mergeLooks({ once: [], views: [seen("doubtful")] })), []);
});

Deno.test("mergeLooks: two outlines are the same head if their IoU is at least one half", () => {
  // Boxes of 200 columns, shifted by s, have an IoU of (200 - s) / (200 + s): 0.504 and 0.498. Squares of 30, shifted
  // by 10, have an IoU of one half.
  const wide = (x: number) => candidateOf(boxOutline([x, 50, 200, 30]));
  const apart = (s: number) =>
    inWords(mergeLooks({
      once: [{ ...seen("doubtful"), candidate: wide(100 + s) }],
      views: [{ ...seen("sure"), candidate: wide(100) }],
    }));
  assertEquals([apart(66), apart(67)], [["sure 100"], ["doubtful 100"]]);
  assertEquals(inWords(mergeLooks({ once: [seen("doubtful", 110)], views: [seen("sure")] })), ["sure 100"]);
});
