import type { HeadMask, Side } from "../types.ts";
import type { Candidate, SidedHead } from "./sides/assign_sides.ts";

/**
 * Mean metal probability above which a head is flagged. The network overestimates metal: on difficult synthetic
 * films, heads without an implant have up to 0.28.
 */
const LEAST_METAL = 0.45;

/**
 * Contrast with its surroundings (`headContrast`) below which a head is flagged. On six of the 909 films of the
 * synthetic cohort (`--phantom paper`), the mean over the film's heads is below it.
 */
const LEAST_CONTRAST = 0.2;

/** Confidence below which an outline is flagged as uncertain, regardless of other evidence. */
const SURE_CONFIDENCE = 0.95;

/** A film's size. */
type FilmSize = Readonly<Record<"widthPx" | "heightPx", number>>;

/** Quality codes of one head, from its outline and the film. */
function headCodes(
  { outline, implantShare, contrast, doubtful }: Candidate,
  { widthPx, heightPx }: FilmSize,
): string[] {
  const codes: string[] = [];
  const { centerPx: [x, y], radiusPx } = outline.circle;
  const slack = 0.04 * radiusPx;
  const cut = x - radiusPx < -slack || y - radiusPx < -slack ||
    x + radiusPx > widthPx - 1 + slack || y + radiusPx > heightPx - 1 + slack;
  if (cut) codes.push("border");
  if (radiusPx < 20) codes.push("small");
  if (implantShare > LEAST_METAL) codes.push("implant");
  if (doubtful || outline.confidence < SURE_CONFIDENCE) codes.push("low-confidence");
  if (contrast < LEAST_CONTRAST) codes.push("low-contrast");
  return codes;
}

/** Converts a head into a public HeadMask, once sides have been assigned (possibly `unknown`). */
export function toHeadMask(
  { candidate, side }: SidedHead,
  { film, headerSide, turned, conflict }: {
    film: FilmSize;
    headerSide: Side;
    /** Left and right were exchanged because the film is displayed from behind. */
    turned: boolean;
    /** Side markers on the film contradict the anatomy, the header or one another. */
    conflict: boolean;
  },
): HeadMask {
  const { outline } = candidate, quality = headCodes(candidate, film);
  const headerDisagrees = headerSide !== "unknown" && side !== "unknown" && side !== headerSide;
  if (headerDisagrees || conflict) quality.push("side-conflict");
  return {
    kind: "head-mask",
    side,
    ...(turned ? { turned } : {}),
    centerPx: outline.circle.centerPx,
    radiusPx: outline.circle.radiusPx,
    areaPx: outline.areaPx,
    confidence: outline.confidence,
    quality,
    boxPx: outline.boxPx,
    mask: outline.mask,
  };
}
