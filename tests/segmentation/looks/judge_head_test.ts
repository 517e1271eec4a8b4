import { assertClose, assertEquals } from "@std/assert";
import {
  HEAD_THRESHOLDS,
  type HeadEvidence,
  type HeadThresholds,
  judgeHead,
  roundnessAdjustedConfidence,
} from "../../../src/segmentation/looks/judge_head.ts";

/** All limits differ, so that a test fails if one is used instead of another. */
const LIMITS: HeadThresholds = {
  confidence: { doubtful: 0.6, sure: 0.8 },
  confidenceUnsided: { doubtful: 0.7, sure: 0.9 },
  firstLook: { doubtful: 0.2, sure: 0.4 },
  fullness: { doubtful: [0.6, 1.3], sure: [0.8, 1.1] },
  relativeRadius: [0.05, 0.25],
  implantShare: 0.45,
};
const HEAD: HeadEvidence = {
  confidence: 0.99,
  roughness: 0.01,
  fullness: 1,
  relativeRadius: 0.1,
  firstLook: 0.9,
  implantShare: 0,
  sided: true,
};
const TINY = 1e-6;
const judge = (changes: Partial<HeadEvidence>, limits = LIMITS) => judgeHead({ ...HEAD, ...changes }, limits);

Deno.test("judgeHead: a head that meets every criterion is sure", () => {
  assertEquals(judge({}), "sure");
  assertEquals(judge({}, HEAD_THRESHOLDS), "sure");
});

Deno.test("judgeHead: each lower limit, at and just below the limit", () => {
  const at = (key: "confidence" | "firstLook" | "fullness", limit: number, sided = true) =>
    [-TINY, 0].map((by) => judge({ sided, [key]: limit + by }));
  assertEquals(at("confidence", 0.6), ["none", "doubtful"]);
  assertEquals(at("confidence", 0.8), ["doubtful", "sure"]);
  assertEquals(at("confidence", 0.7, false), ["none", "doubtful"]);
  assertEquals(at("confidence", 0.9, false), ["doubtful", "sure"]);
  assertEquals(at("firstLook", 0.2), ["none", "doubtful"]);
  assertEquals(at("firstLook", 0.4), ["doubtful", "sure"]);
  assertEquals(at("fullness", 0.6), ["none", "doubtful"]);
  assertEquals(at("fullness", 0.8), ["doubtful", "sure"]);
});

Deno.test("judgeHead: each upper limit and both size limits, at and just beyond the limit", () => {
  const at = (key: keyof HeadEvidence, limit: number) => [0, TINY].map((by) => judge({ [key]: limit + by }));
  assertEquals(at("fullness", 1.1), ["sure", "doubtful"]);
  assertEquals(at("fullness", 1.3), ["doubtful", "none"]);
  assertEquals(at("relativeRadius", 0.25), ["sure", "none"]);
  assertEquals(at("implantShare", 0.45), ["sure", "none"]);
  assertEquals([judge({ relativeRadius: 0.05 }), judge({ relativeRadius: 0.05 - TINY })], ["sure", "none"]);
});

Deno.test("judgeHead: the weakest evidence decides", () => {
  assertEquals(judge({ confidence: 0.99, firstLook: 0.3 }), "doubtful");
  assertEquals(judge({ confidence: 0.5, firstLook: 0.9 }), "none");
  assertEquals(judge({ fullness: 1.2, confidence: 0.5 }), "none");
});

Deno.test("roundness: a deviation of 3 % of the radius costs no confidence, each further 1 % costs 0.005", () => {
  const adjusted = (roughness: number) =>
    roundnessAdjustedConfidence({ ...HEAD, confidence: 0.9, roughness });
  assertEquals(adjusted(0), 0.9);
  assertEquals(adjusted(0.03), 0.9);
  assertClose(adjusted(0.05), 0.89, { absolute: 1e-12, relative: 0 });
  assertClose(adjusted(0.23), 0.8, { absolute: 1e-12, relative: 0 });
  assertEquals(judge({ confidence: 0.82, roughness: 0.069 }), "sure");
  assertEquals(judge({ confidence: 0.82, roughness: 0.071 }), "doubtful");
});

/**
 * The limits of the shipped network. When they are chosen again with `bench/segmentation/tune_thresholds.ts`, change
 * them here too.
 */
Deno.test("HEAD_THRESHOLDS: the limits are those listed in this test, so that no change is accidental", () => {
  assertEquals(HEAD_THRESHOLDS, {
    confidence: { doubtful: 0.75, sure: 0.92 },
    confidenceUnsided: { doubtful: 0.85, sure: 0.95 },
    firstLook: { doubtful: 0.1, sure: 0.3 },
    fullness: { doubtful: [0.65, 1.25], sure: [0.72, 1.2] },
    relativeRadius: [0.022, 0.3],
    implantShare: 0.5,
  });
});

Deno.test("HEAD_THRESHOLDS: the limits of sure are within those of doubtful", () => {
  const { confidence, confidenceUnsided, firstLook, fullness } = HEAD_THRESHOLDS;
  for (const { doubtful, sure } of [confidence, confidenceUnsided, firstLook]) {
    assertEquals(doubtful < sure, true);
  }
  assertEquals(confidence.sure <= confidenceUnsided.sure, true);
  assertEquals(fullness.doubtful[0] < fullness.sure[0] && fullness.sure[1] < fullness.doubtful[1], true);
});
