import type { HeadEvidence } from "../../src/segmentation/looks/judge_head.ts";
import type { Outline } from "../../src/segmentation/outline/outline_head.ts";
import type { Candidate } from "../../src/segmentation/sides/assign_sides.ts";

/** The outline of a disc. */
export function discOutline(
  [cx, cy, radiusPx]: readonly [number, number, number],
  confidence = 0.99,
): Outline {
  const x = Math.floor(cx - radiusPx), y = Math.floor(cy - radiusPx), side = 2 * Math.ceil(radiusPx) + 2;
  const mask = Uint8Array.from(
    { length: side * side },
    (_, i) => Math.hypot(x + i % side - cx, y + Math.floor(i / side) - cy) <= radiusPx ? 1 : 0,
  );
  return {
    boxPx: { x, y, width: side, height: side },
    mask,
    circle: { centerPx: [cx, cy], radiusPx, residualPx: 0 },
    areaPx: mask.reduce((sum, bit) => sum + bit, 0),
    confidence,
    fullness: 1,
  };
}

/** The outline of a rectangle; overlaps of rectangles are easy to calculate. */
export function boxOutline([x, y, width, height]: readonly [number, number, number, number]): Outline {
  return {
    boxPx: { x, y, width, height },
    mask: new Uint8Array(width * height).fill(1),
    circle: { centerPx: [x + (width - 1) / 2, y + (height - 1) / 2], radiusPx: height / 2, residualPx: 0 },
    areaPx: width * height,
    confidence: 0.99,
    fullness: 1,
  };
}

/** A candidate with the outline, by default without metal and of unknown side. */
export function candidateOf(outline: Outline, changes: Partial<Candidate> = {}): Candidate {
  return { outline, leftProbability: 0.5, implantShare: 0, contrast: 1, doubtful: false, ...changes };
}

/** Evidence that meets every criterion of a certain head. */
export const HEAD_EVIDENCE: HeadEvidence = {
  confidence: 0.99,
  roughness: 0.01,
  fullness: 1,
  relativeRadius: 0.1,
  firstLook: 0.9,
  implantShare: 0,
  sided: true,
};
