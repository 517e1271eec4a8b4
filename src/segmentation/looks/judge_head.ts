/** Evidence for and against a head at one place of a film. */
export interface HeadEvidence {
  /** Mean probability inside the outline, 0 to 1. */
  readonly confidence: number;
  /** Root mean square distance of the outline from its circle, without the farthest fifth of its points, in radii. */
  readonly roughness: number;
  /** Area of the outline divided by that of its circle. */
  readonly fullness: number;
  /** Radius divided by the film's longer side. */
  readonly relativeRadius: number;
  /** Mean probability inside the outline from the first pass over the whole film. */
  readonly firstLook: number;
  /** Mean probability of hip replacement metal inside the outline. */
  readonly implantShare: number;
  /** True if `sideOf` finds a side for the head from the anatomy around it. */
  readonly sided: boolean;
}

/**
 * Thresholds that separate heads that are reported, heads that are reported as uncertain, and places that are not
 * reported.
 */
export interface HeadThresholds {
  /** Confidence adjusted for roundness: below `doubtful` there is no head, below `sure` the head is uncertain. */
  readonly confidence: { readonly doubtful: number; readonly sure: number };
  /** The thresholds of `confidence` for a head whose side is unknown. */
  readonly confidenceUnsided: { readonly doubtful: number; readonly sure: number };
  /** Probability from the first pass: below `doubtful` there is no head, below `sure` the head is uncertain. */
  readonly firstLook: { readonly doubtful: number; readonly sure: number };
  /** Smallest and largest fullness of an uncertain and of a certain head. */
  readonly fullness: {
    readonly doubtful: readonly [number, number];
    readonly sure: readonly [number, number];
  };
  /** Smallest and largest radius of a head, as a share of the film's longer side. */
  readonly relativeRadius: readonly [number, number];
  /** Metal probability above which the outline counts as an implant. */
  readonly implantShare: number;
}

/**
 * Set with `bench/segmentation/tune_thresholds.ts` on 60 real films, 60 films simulated from CT, hard synthetic films,
 * and 202 images without a hip. Because several views must agree, there was no false report with any confidence
 * threshold for uncertain heads from 0.5 to 0.85. Thresholds for certain heads below 0.9 gave two false heads on a
 * chest film. Tune them again for every new network.
 */
export const HEAD_THRESHOLDS: HeadThresholds = {
  confidence: { doubtful: 0.75, sure: 0.92 },
  confidenceUnsided: { doubtful: 0.85, sure: 0.95 },
  firstLook: { doubtful: 0.1, sure: 0.3 },
  fullness: { doubtful: [0.65, 1.25], sure: [0.72, 1.2] },
  relativeRadius: [0.022, 0.3],
  implantShare: 0.5,
};

/** Roughness up to which an outline counts as round. */
const ROUND = 0.03;

/**
 * The network's confidence, reduced by half of the outline's roughness beyond `ROUND`. The reduction is small for a
 * collapsed head and larger for less round shapes, such as hands.
 */
export function roundnessAdjustedConfidence({ confidence, roughness }: HeadEvidence): number {
  return confidence - Math.max(0, roughness - ROUND) / 2;
}

/** Decides whether a place shows a certain head (`sure`), an uncertain one (`doubtful`) or none. */
export function judgeHead(
  evidence: HeadEvidence,
  thresholds: HeadThresholds = HEAD_THRESHOLDS,
): "sure" | "doubtful" | "none" {
  const { fullness, relativeRadius, firstLook, implantShare, sided } = evidence;
  const [smallest, largest] = thresholds.relativeRadius;
  if (relativeRadius < smallest || relativeRadius > largest) return "none";
  if (implantShare > thresholds.implantShare) return "none";
  const confidence = roundnessAdjustedConfidence(evidence);
  const limits = sided ? thresholds.confidence : thresholds.confidenceUnsided;
  const passes = (level: "sure" | "doubtful") =>
    confidence >= limits[level] && firstLook >= thresholds.firstLook[level] &&
    fullness >= thresholds.fullness[level][0] && fullness <= thresholds.fullness[level][1];
  return passes("sure") ? "sure" : passes("doubtful") ? "doubtful" : "none";
}
