import type { Side } from "../types.ts";
import { sharedPixels } from "./dice.ts";
import type { Outline } from "./outline_head.ts";

/** A head with the votes that decide about it. */
export interface Candidate {
  readonly outline: Outline;
  /** That it is the patient's left hip: mean of both passes. */
  readonly leftProbability: number;
  /** Mean probability of replacement metal inside the outline. */
  readonly implantShare: number;
  /** `headContrast` on the film it was found on. */
  readonly contrast: number;
  /** Reported as uncertain. */
  readonly doubtful: boolean;
}

/** A candidate that stays, with its side. */
export interface SidedHead {
  readonly candidate: Candidate;
  side: Side;
}

/** The smaller of two heads has at least this share of the other's radius: hips of one person differ little. */
const LEAST_RADIUS_SHARE = 0.65;

/** The side a probability speaks for; `unknown` between 0.35 and 0.65. */
export function sideOf(leftProbability: number): Side {
  return leftProbability > 0.65 ? "left" : leftProbability < 0.35 ? "right" : "unknown";
}

function unlikeSizes(a: Outline, b: Outline): boolean {
  const [small, large] = [a.circle.radiusPx, b.circle.radiusPx].sort((x, y) => x - y);
  return small < LEAST_RADIUS_SHARE * large;
}

/** Intersection over union; most heads lie far apart, and their areas are known. */
export function overlap(a: Outline, b: Outline): number {
  const both = sharedPixels(a, b);
  return both / (a.areaPx + b.areaPx - both);
}

/** Horizontal distance of two heads of one pelvis, in radii of the larger, and their rise over it. */
const APART_RADII = 3.5, MOST_RISE = 0.5;

/** Whether two outlines lie as the two hips of one pelvis do. */
function lieAsAPair(a: Outline, b: Outline): boolean {
  const dx = Math.abs(a.circle.centerPx[0] - b.circle.centerPx[0]);
  const dy = Math.abs(a.circle.centerPx[1] - b.circle.centerPx[1]);
  return dx >= APART_RADII * Math.max(a.circle.radiusPx, b.circle.radiusPx) && dy <= MOST_RISE * dx;
}

/**
 * One head a side at most, the surest first; an `unknown` side is settled by the other head where there is one.
 * Two heads that both look like the same side, but lie as the hips of one pelvis do, are both kept and doubtful: the one that looks more
 * like a left hip is the left one.
 * `extra` tells that a further head of a taken side was left out, one that was not doubtful.
 */
export function settleSides(candidates: readonly Candidate[]): { kept: SidedHead[]; extra: boolean } {
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
    if (kept.length === 1 && rival && lieAsAPair(rival.candidate.outline, candidate.outline)) {
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
