/** What speaks for and against a head at one place of a film. */
export interface HeadEvidence {
  /** Mean probability inside the outline, 0 to 1. */
  readonly confidence: number;
  /** Root mean square distance of the outline from its circle, in radii. */
  readonly roughness: number;
  /** Area of the outline over that of its circle. */
  readonly fullness: number;
  /** Radius over the film's longer side. */
  readonly relativeRadius: number;
  /** Mean probability that the first look, at the whole film, gave inside the outline. */
  readonly firstLook: number;
  /** Mean probability of hip replacement metal inside the outline. */
  readonly implantShare: number;
  /** Whether the anatomy around tells the side. */
  readonly sided: boolean;
}

/** Limits between a head that is reported, one that is reported as uncertain, and none. */
export interface HeadThresholds {
  /** Confidence adjusted for roundness: below `doubtful` there is no head, below `sure` it is uncertain. */
  readonly confidence: { readonly doubtful: number; readonly sure: number };
  /** The same for a head whose side is unknown. */
  readonly confidenceUnsided: { readonly doubtful: number; readonly sure: number };
  readonly firstLook: { readonly doubtful: number; readonly sure: number };
  readonly fullness: {
    readonly doubtful: readonly [number, number];
    readonly sure: readonly [number, number];
  };
  readonly relativeRadius: readonly [number, number];
  /** Metal above which the outline is an implant. */
  readonly implantShare: number;
}

/**
 * Set with `bench/segmentation/tune_thresholds.ts` on 60 real films, 60 films cast from CT, hard synthetic films and 202 pictures without a hip: a
 * doubtful head may be seen with a confidence of 0.5 to 0.85 without a false report, because several views must agree; a sure one needs
 * 0.9 or more, below which a chest film gave two. To be set anew with every network.
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

/** The network's confidence, lowered by half of what the outline lacks in roundness: flattened heads stay, hands and pots go. */
export function roundnessAdjustedConfidence({ confidence, roughness }: HeadEvidence): number {
  return confidence - Math.max(0, roughness - ROUND) / 2;
}

/** Whether a place shows a head: for sure, perhaps, or not. */
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
