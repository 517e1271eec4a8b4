import { assertEquals } from "@std/assert";
import type { SidedHead } from "../../src/segmentation/sides/assign_sides.ts";
import { toHeadMask } from "../../src/segmentation/to_head_mask.ts";
import type { Side } from "../../src/types.ts";

const film = { widthPx: 200, heightPx: 160 };

function head(
  { confidence = 0.98, centerPx = [100, 80], radiusPx = 30, implantShare = 0, contrast = 0.5 } = {},
) {
  const outline = { circle: { centerPx, radiusPx, residualPx: 0.2 }, confidence, areaPx: 2800, fullness: 1 };
  return {
    side: "left" as Side,
    candidate: { outline, implantShare, contrast, leftProbability: 0.9 },
  } as unknown as SidedHead;
}

const codes = (sided: SidedHead, options = {}) =>
  toHeadMask(sided, { film, headerSide: "unknown", turned: false, conflict: false, ...options })
    .quality;

Deno.test("toHeadMask: low confidence, an implant, a small size, the border and low contrast give their quality codes", () => {
  assertEquals(codes(head()), []);
  assertEquals(codes(head({ confidence: 0.94 })), ["low-confidence"]);
  assertEquals(codes(head({ implantShare: 0.46 })), ["implant"]);
  assertEquals(codes(head({ radiusPx: 19 })), ["small"]);
  assertEquals(codes(head({ centerPx: [12, 80] })), ["border"]);
  assertEquals(codes(head({ contrast: 0.19 })), ["low-contrast"]);
  assertEquals(codes(head({ contrast: 0.2 })), []);
});

Deno.test("a header or marker that disagrees with the head's side is a side conflict, a header that agrees is not", () => {
  assertEquals(codes(head(), { headerSide: "right" }), ["side-conflict"]);
  assertEquals(codes(head(), { headerSide: "left" }), []);
  assertEquals(codes(head(), { conflict: true }), ["side-conflict"]);
});

Deno.test("values at their limits give no quality code; a head may extend beyond a border of the film by 4 % of its radius", () => {
  for (const centerPx of [[28.81, 80], [170.19, 80], [100, 28.81], [100, 130.19]]) {
    assertEquals(codes(head({ centerPx })), [], String(centerPx));
  }
  for (const centerPx of [[28.79, 80], [170.21, 80], [100, 28.79], [100, 130.21]]) {
    assertEquals(codes(head({ centerPx })), ["border"], String(centerPx));
  }
  assertEquals(codes(head({ radiusPx: 20 })), []);
  assertEquals(codes(head({ implantShare: 0.45 })), []);
  assertEquals(codes(head({ confidence: 0.95 })), []);
});

Deno.test("an unknown side contradicts no header, and heads whose sides were swapped are marked as `turned`", () => {
  assertEquals(codes({ ...head(), side: "unknown" }, { headerSide: "right" }), []);
  const mask = (turned: boolean) =>
    toHeadMask(head(), { film, headerSide: "unknown", turned, conflict: false });
  assertEquals([mask(true).turned, "turned" in mask(false)], [true, false]);
});
