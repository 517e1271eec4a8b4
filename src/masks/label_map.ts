import type { Side } from "../types.ts";
import { boxMask, type FilmSize, type SidedMask } from "./boxed_mask.ts";

/** A film-sized image of labels. */
export interface LabelMap extends FilmSize {
  readonly labels: Uint8Array; // [heightPx, widthPx]
}

/**
 * Labels of the heads in all label maps that Caput writes. {@linkcode HEAD_NAMES} are their names in other programs.
 */
export const HEAD_LABELS = { right: 1, left: 2, unknown: 3 } as const satisfies Record<Side, number>;
export const HEAD_NAMES: Readonly<Record<Side, string>> = {
  right: "right femoral head",
  left: "left femoral head",
  unknown: "femoral head",
};

/** The side in a label's name, such as "right femoral head", "Left" or "R". */
export function sideOfName(name: string): Side {
  if (/\b(right|r)\b/i.test(name)) return "right";
  return /\b(left|l)\b/i.test(name) ? "left" : "unknown";
}

/** The heads of a film as one label map. */
export function labelMap(heads: readonly SidedMask[], { widthPx, heightPx }: FilmSize): LabelMap {
  const labels = new Uint8Array(widthPx * heightPx);
  for (const { side, boxPx: { x, y, width, height }, mask } of heads) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = (y + row) * widthPx + x + column;
        const onFilm = y + row < heightPx && x + column < widthPx;
        if (onFilm && mask[row * width + column]) labels[at] = HEAD_LABELS[side];
      }
    }
  }
  return { widthPx, heightPx, labels };
}

/** The heads of a label map: one per label of {@linkcode HEAD_LABELS} that occurs. Other labels are ignored. */
export function headsOfMap({ labels, ...size }: LabelMap): SidedMask[] {
  return (Object.keys(HEAD_LABELS) as Side[]).flatMap((side) => {
    const boxed = boxMask(labels.map((label) => label === HEAD_LABELS[side] ? 1 : 0), size);
    return boxed ? [{ side, ...boxed }] : [];
  });
}
