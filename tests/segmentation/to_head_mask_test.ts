import { assertEquals } from "@std/assert";
import type { SidedHead } from "../../src/segmentation/settle_sides.ts";
import { toHeadMask } from "../../src/segmentation/to_head_mask.ts";
import type { GreyImage, Side } from "../../src/types.ts";

const widthPx = 200, heightPx = 160, CENTER = [100, 80] as const;

/** A disc of radius 30 in the middle of a film, on chequered ground of spread 100. */
function film(inside: number): GreyImage {
  const pixels = Float32Array.from({ length: widthPx * heightPx }, (_, i) => {
    const x = i % widthPx, y = Math.floor(i / widthPx), ground = (x + y) % 2 ? 500 : 300;
    return Math.hypot(x - CENTER[0], y - CENTER[1]) <= 30 ? ground + inside : ground;
  });
  return { kind: "grey-image", widthPx, heightPx, pixels };
}

function head(
  { confidence = 0.98, centerPx = CENTER as readonly [number, number], radiusPx = 30, implantShare = 0 } = {},
) {
  const outline = { circle: { centerPx, radiusPx, residualPx: 0.2 }, confidence, areaPx: 2800, fullness: 1 };
  return {
    side: "left" as Side,
    candidate: { outline, implantShare, leftProbability: 0.9 },
  } as unknown as SidedHead;
}

const codes = (sided: SidedHead, options = {}) =>
  toHeadMask(sided, { film: film(400), headerSide: "unknown", turned: false, conflict: false, ...options })
    .quality;

Deno.test("each thing that is wrong with a head has its code", () => {
  assertEquals(codes(head()), []);
  assertEquals(codes(head({ confidence: 0.94 })), ["low-confidence"]);
  assertEquals(codes(head({ implantShare: 0.46 })), ["implant"]);
  assertEquals(codes(head({ radiusPx: 19 })), ["small"]);
  assertEquals(codes(head({ centerPx: [12, 80] }), { film: film(0) }).includes("border"), true);
  assertEquals(codes(head(), { film: film(15) }), ["low-contrast"]); // 0.15 of a spread of 100
  assertEquals(codes(head(), { film: film(40) }), []);
});

Deno.test("a header or a letter that disagrees is a conflict of sides, a silent one is not", () => {
  assertEquals(codes(head(), { headerSide: "right" }), ["side-conflict"]);
  assertEquals(codes(head(), { headerSide: "left" }), []);
  assertEquals(codes(head(), { conflict: true }), ["side-conflict"]);
});
