import type { Side } from "../../types.ts";
import { sharedPixels } from "../outline/dice.ts";
import type { Outline } from "../outline/outline_head.ts";

/** A possible head with the evidence for it. */
export interface Candidate {
  readonly outline: Outline;
  /** Probability that the head belongs to the patient's left hip: mean of both passes. */
  readonly leftProbability: number;
  /** Mean probability of hip replacement metal inside the outline. */
  readonly implantShare: number;
  /** Contrast of the head with its surroundings (`headContrast`), on the film on which the head was found. */
  readonly contrast: number;
  /** True if the head is reported as uncertain. */
  readonly doubtful: boolean;
}

/** A head that is reported, with its side. */
export interface SidedHead {
  readonly candidate: Candidate;
  side: Side;
}

/** Smallest ratio of the smaller to the larger radius of two heads of one film. */
const LEAST_RADIUS_SHARE = 0.65;

/** The side that a probability indicates; `unknown` between 0.35 and 0.65. */
export function sideOf(leftProbability: number): Side {
  return leftProbability > 0.65 ? "left" : leftProbability < 0.35 ? "right" : "unknown";
}

function unlikeSizes(a: Outline, b: Outline): boolean {
  const [small, large] = [a.circle.radiusPx, b.circle.radiusPx].sort((x, y) => x - y);
  return small < LEAST_RADIUS_SHARE * large;
}

/** Intersection over union of two outlines. */
export function overlap(a: Outline, b: Outline): number {
  const both = sharedPixels(a, b);
  return both / (a.areaPx + b.areaPx - both);
}

/**
 * Smallest horizontal distance of two heads of one pelvis, in radii of the larger, and the largest vertical distance
 * relative to the horizontal one.
 */
const APART_RADII = 3.5, MOST_RISE = 0.5;

/** Whether two outlines are positioned like the two hips of one pelvis. */
function arePositionedAsPair(a: Outline, b: Outline): boolean {
  const dx = Math.abs(a.circle.centerPx[0] - b.circle.centerPx[0]);
  const dy = Math.abs(a.circle.centerPx[1] - b.circle.centerPx[1]);
  return dx >= APART_RADII * Math.max(a.circle.radiusPx, b.circle.radiusPx) && dy <= MOST_RISE * dx;
}

/**
 * Keeps at most two heads, one per side; certain heads come first, then those of higher confidence. Heads that overlap
 * a better one (IoU above 0.2), or differ much from it in size, are left out. An `unknown` side is inferred from the
 * other head if the side of that head is known. If two heads look like the same side but are positioned like the hips
 * of one pelvis, both are kept as uncertain, and the one with the higher `leftProbability` becomes the left one.
 * `extra` is true if a certain head was left out for another reason than overlap or size.
 */
export function assignSides(candidates: readonly Candidate[]): { kept: SidedHead[]; extra: boolean } {
  const kept: SidedHead[] = [];
  let extra = false;
  const surestFirst = candidates.toSorted((a, b) =>
    Number(a.doubtful) - Number(b.doubtful) || b.outline.confidence - a.outline.confidence
  );
  for (const candidate of surestFirst) {
    const side = sideOf(candidate.leftProbability);
    const overlaps = kept.some((other) => overlap(other.candidate.outline, candidate.outline) > 0.2);
    if (overlaps || kept.some((other) => unlikeSizes(other.candidate.outline, candidate.outline))) continue;
    const rival = side === "unknown" ? undefined : kept.find((other) => other.side === side);
    if (kept.length === 1 && rival && arePositionedAsPair(rival.candidate.outline, candidate.outline)) {
      const isLeft = candidate.leftProbability > rival.candidate.leftProbability;
      kept[0] = { candidate: { ...rival.candidate, doubtful: true }, side: isLeft ? "right" : "left" };
      kept.push({ candidate: { ...candidate, doubtful: true }, side: isLeft ? "left" : "right" });
    } else if (kept.length === 2 || rival) extra ||= !candidate.doubtful;
    else kept.push({ candidate, side });
  }
  if (kept.length === 2) {
    const opposite = { left: "right", right: "left", unknown: "unknown" } as const;
    kept.forEach((head, i) => {
      if (head.side === "unknown") head.side = opposite[kept[1 - i].side];
    });
  }
  return { kept, extra };
}
