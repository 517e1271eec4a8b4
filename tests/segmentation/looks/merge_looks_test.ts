import { assertEquals } from "@std/assert";
import type { FoundCandidate } from "../../../src/segmentation/looks/find_candidates.ts";
import { HEAD_THRESHOLDS } from "../../../src/segmentation/looks/judge_head.ts";
import { judgeCandidates, mergeLooks } from "../../../src/segmentation/looks/merge_looks.ts";
import { boxOutline, candidateOf, HEAD_EVIDENCE } from "../disc_outline.ts";

type Verdict = "sure" | "doubtful" | "none";
const { doubtful, sure } = HEAD_THRESHOLDS.confidence;
const CONFIDENCE = { sure: sure + 0.01, doubtful: (sure + doubtful) / 2, none: doubtful - 0.01 };

/** A place of 30 by 30 pixels with such evidence. */
const seen = (verdict: Verdict, x = 100): FoundCandidate => ({
  candidate: candidateOf(boxOutline([x, 50, 30, 30])),
  evidence: { ...HEAD_EVIDENCE, confidence: CONFIDENCE[verdict] },
});
/** Where heads were found and how sure. */
const told = (heads: ReturnType<typeof mergeLooks>) =>
  heads.map(({ outline, doubtful }) => `${doubtful ? "doubtful" : "sure"} ${outline.boxPx.x}`);

Deno.test("judgeCandidates: rejected candidates are dropped, doubtful ones are marked", () => {
  const heads = judgeCandidates([seen("sure", 0), seen("doubtful", 100), seen("none", 200)]);
  assertEquals(told(heads), ["sure 0", "doubtful 100"]);
  const strict = { ...HEAD_THRESHOLDS, firstLook: { doubtful: 0.5, sure: 0.95 } };
  assertEquals(told(judgeCandidates([seen("sure", 0)], strict)), ["doubtful 0"]);
});

Deno.test("mergeLooks: a head that was sure at first stays, whatever the views show", () => {
  assertEquals(told(mergeLooks({ once: [seen("sure")], views: [] })), ["sure 100"]);
  assertEquals(told(mergeLooks({ once: [seen("sure")], views: [seen("none")] })), ["sure 100"]);
});

Deno.test("mergeLooks: at a place found before, the views decide", () => {
  for (const first of ["doubtful", "none"] as const) {
    assertEquals(told(mergeLooks({ once: [seen(first)], views: [seen("sure")] })), ["sure 100"]);
    assertEquals(told(mergeLooks({ once: [seen(first)], views: [seen("doubtful")] })), ["doubtful 100"]);
    assertEquals(told(mergeLooks({ once: [seen(first)], views: [seen("none")] })), []);
  }
  assertEquals(told(mergeLooks({ once: [seen("doubtful")], views: [] })), []);
});

Deno.test("mergeLooks: a head found by the views alone must be sure there, and is marked doubtful", () => {
  assertEquals(told(mergeLooks({ once: [], views: [seen("sure")] })), ["doubtful 100"]);
  assertEquals(told(mergeLooks({ once: [], views: [seen("doubtful")] })), []);
});

Deno.test("mergeLooks: two outlines are the same place from an overlap of one half", () => {
  // Two boxes of 200 columns that lie s apart share 200 - s of 200 + s: 0.504 and 0.498. Squares of 30 that lie 10
  // apart: half.
  const wide = (x: number) => candidateOf(boxOutline([x, 50, 200, 30]));
  const apart = (s: number) =>
    told(mergeLooks({
      once: [{ ...seen("doubtful"), candidate: wide(100 + s) }],
      views: [{ ...seen("sure"), candidate: wide(100) }],
    }));
  assertEquals([apart(66), apart(67)], [["sure 100"], ["doubtful 100"]]);
  assertEquals(told(mergeLooks({ once: [seen("doubtful", 110)], views: [seen("sure")] })), ["sure 100"]);
});
