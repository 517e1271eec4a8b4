import type { Side } from "../types.ts";
import type { SideLetter } from "./read_side_letters.ts";
import type { SidedHead } from "./settle_sides.ts";

/** Heads with a radius of at least this share of the film's longer side fill it: one hip is shown, and a letter anywhere names it. */
const SINGLE_HIP_RADIUS = 0.095;
/** Share of the film's width on either side of the midline in which a letter tells nothing. */
const UNSURE = 0.06;

/** Heads as their film's letters have them. */
export interface HeededHeads {
  readonly heads: readonly SidedHead[];
  /** The film is shown from behind: heads look like those of the other side. */
  readonly turned: boolean;
  /** A letter contradicts the anatomy or another letter. */
  readonly conflict: boolean;
}

const OTHER = { left: "right", right: "left", unknown: "unknown" } as const;

/**
 * Sides after the letters on a film. The network takes them from the anatomy, as if every film were shown from the front; a letter
 * seen in a mirror, where it belongs on a film shown from behind, turns them over. A letter that can be read but lies on the wrong
 * side proves nothing (it may have been burnt in by mistake): sides stay and the conflict is told. On a film of one hip a letter names it.
 */
export function heedLetters(
  heads: readonly SidedHead[],
  letters: readonly SideLetter[],
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): HeededHeads {
  if (heads.length === 0 || letters.length === 0) return { heads, turned: false, conflict: false };
  const circles = heads.map(({ candidate }) => candidate.outline.circle);
  const single = heads.length === 1 && circles[0].radiusPx >= SINGLE_HIP_RADIUS * Math.max(widthPx, heightPx);
  if (single) return nameHip(heads[0], letters);
  const midline = heads.length === 2
    ? (circles[0].centerPx[0] + circles[1].centerPx[0]) / 2
    : (widthPx - 1) / 2;
  let front = 0, behind = 0, wrong = 0;
  for (const { side, mirrored, centerPx: [x] } of letters) {
    if (Math.abs(x - midline) < UNSURE * widthPx) continue;
    // From the front the patient's right is at the image's left.
    const inPlace = (side === "right") === (x < midline);
    if (inPlace === mirrored) wrong++;
    else if (mirrored) behind++;
    else front++;
  }
  const turned = behind > 0 && front === 0;
  return {
    heads: turned ? swapped(heads) : heads,
    turned,
    conflict: turned || wrong > 0 || (behind > 0 && front > 0),
  };
}

function swapped(heads: readonly SidedHead[]): SidedHead[] {
  return heads.map((head) => ({ ...head, side: OTHER[head.side] }));
}

function nameHip(head: SidedHead, letters: readonly SideLetter[]): HeededHeads {
  const named = new Set<Side>(letters.map(({ side }) => side));
  if (named.size > 1) return { heads: [head], turned: false, conflict: true };
  const [side] = named;
  if (head.side === "unknown") return { heads: [{ ...head, side }], turned: false, conflict: false };
  const turned = side !== head.side && letters.every(({ mirrored }) => mirrored);
  return { heads: turned ? [{ ...head, side }] : [head], turned, conflict: side !== head.side };
}
