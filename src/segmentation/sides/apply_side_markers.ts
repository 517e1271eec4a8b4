import type { Facing, Side } from "../../types.ts";
import type { SideLetter } from "./read_side_letters.ts";
import type { SidedHead } from "./assign_sides.ts";

/**
 * Radius, as a share of the film's longer side, from which a film with a single head is taken for a film of one hip. On
 * such a film a marker names that hip, wherever it is.
 */
const SINGLE_HIP_RADIUS = 0.095;
/** Markers closer to the midline than this share of the film's width are ignored. */
const MIDLINE_SHARE = 0.06;

/** Heads with their sides corrected by the header and the side markers. */
export interface MarkedHeads {
  readonly heads: readonly SidedHead[];
  /** The film is displayed from behind: heads look like those of the other side. */
  readonly turned: boolean;
  /** A marker contradicts the anatomy, the header or another marker. */
  readonly conflict: boolean;
}

const OTHER = { left: "right", right: "left", unknown: "unknown" } as const;

/** A film's size, and its display orientation according to the header. */
export interface LetteredFilm {
  readonly widthPx: number;
  readonly heightPx: number;
  /** @default {"unknown"} */
  readonly facing?: Facing;
}

/**
 * Determines the sides from the header and the markers on a film. The network derives sides from the anatomy, as if
 * every film were displayed from the front (the patient's right is on the left of the image). Left and right are
 * exchanged if the header says that the film is displayed from behind, or if a mirrored marker is where it would be on
 * such a film and no readable marker is where it would be on a film from the front. Such a readable marker also
 * overrides a header that says from behind, unless another marker agrees with the header. A readable marker on the
 * wrong side proves nothing (it may have been burnt in by mistake). Every contradiction is a conflict. On a film of one
 * hip, the position of a marker does not matter: see `nameHip`.
 */
export function applySideMarkers(
  heads: readonly SidedHead[],
  letters: readonly SideLetter[],
  film: LetteredFilm,
): MarkedHeads {
  const behind = film.facing === "behind";
  if (heads.length === 0) return { heads, turned: false, conflict: false };
  if (letters.length === 0) {
    return { heads: behind ? swapped(heads) : heads, turned: behind, conflict: false };
  }
  const circles = heads.map(({ candidate }) => candidate.outline.circle);
  const longer = Math.max(film.widthPx, film.heightPx);
  if (heads.length === 1 && circles[0].radiusPx >= SINGLE_HIP_RADIUS * longer) {
    return nameHip(heads[0], letters, behind);
  }
  const midline = heads.length === 2
    ? (circles[0].centerPx[0] + circles[1].centerPx[0]) / 2
    : (film.widthPx - 1) / 2;
  const seen = countPlaces(
    letters.filter(({ centerPx: [x] }) => Math.abs(x - midline) >= MIDLINE_SHARE * film.widthPx),
    midline,
  );
  const { turned, conflict } = behind ? weighHeader(seen) : weighLetters(seen);
  return { heads: turned ? swapped(heads) : heads, turned, conflict };
}

/** Numbers of readable and mirrored markers, by their position: as on a film from the front or from behind. */
interface LetterPlaces {
  front: number;
  behind: number;
  frontMirrored: number;
  behindMirrored: number;
}

function countPlaces(letters: readonly SideLetter[], midline: number): LetterPlaces {
  const seen = { front: 0, behind: 0, frontMirrored: 0, behindMirrored: 0 };
  for (const { side, mirrored, centerPx: [x] } of letters) {
    // From the front, the patient's right is on the left of the image.
    const front = (side === "right") === (x < midline);
    seen[front ? mirrored ? "frontMirrored" : "front" : mirrored ? "behindMirrored" : "behind"]++;
  }
  return seen;
}

/**
 * For films whose header does not say that they are displayed from behind: left and right are exchanged only if
 * mirrored markers are where they would be on a film from behind, and no readable one is where it would be from the
 * front.
 */
function weighLetters({ front, behind, frontMirrored, behindMirrored }: LetterPlaces) {
  const turned = behindMirrored > 0 && front === 0;
  const conflict = turned || behind + frontMirrored > 0 || (behindMirrored > 0 && front > 0);
  return { turned, conflict };
}

/**
 * For films whose header says that they are displayed from behind: markers where they would then be, readable or
 * mirrored, agree with the header.
 */
function weighHeader({ front, behind, frontMirrored, behindMirrored }: LetterPlaces) {
  const turned = behind + behindMirrored > 0 || front === 0;
  return { turned, conflict: front + frontMirrored > 0 };
}

function swapped(heads: readonly SidedHead[]): SidedHead[] {
  return heads.map((head) => ({ ...head, side: OTHER[head.side] }));
}

/**
 * Determines the side of the hip on a film of one hip, from the film's markers. They give the side if the anatomy does
 * not show it. If they contradict the anatomy, readable markers only override a header that says `behind`, and markers
 * that are all mirrored show that the film is displayed from behind. Markers of both sides are a conflict and change
 * nothing.
 *
 * @param behind the header says that the film is displayed from behind
 */
function nameHip(seen: SidedHead, letters: readonly SideLetter[], behind: boolean): MarkedHeads {
  const head = behind ? swapped([seen])[0] : seen;
  const named = new Set<Side>(letters.map(({ side }) => side));
  if (named.size > 1) return { heads: [head], turned: behind, conflict: true };
  const [side] = named;
  if (head.side === "unknown") return { heads: [{ ...head, side }], turned: behind, conflict: false };
  if (side === head.side) return { heads: [head], turned: behind, conflict: false };
  // The markers contradict the side that anatomy and header give.
  const turned = letters.every(({ mirrored }) => mirrored);
  return { heads: [turned === behind ? head : { ...head, side }], turned, conflict: true };
}
