import type { Side } from "../types.ts";

/** A binary mask of a part of its film: the box that it covers, and its pixels. */
export interface BoxedMask {
  /** Box in pixels. */
  readonly boxPx: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** The mask within the box: 1 inside the outline, 0 outside. */
  readonly mask: Uint8Array; // [boxPx.height, boxPx.width], 0 or 1
}

/** The mask and side of a head, as exchanged with files of other programs (COCO, LabelMe, label maps, DICOM). */
export interface SidedMask extends BoxedMask {
  readonly side: Side;
}

/** Size of the film that a mask belongs to. */
export interface FilmSize {
  /** Width in pixels. */
  readonly widthPx: number;
  /** Height in pixels. */
  readonly heightPx: number;
}

/** The set pixels of a film-sized mask in their bounding box, or null if none is set. */
export function boxMask(bits: ArrayLike<number>, { widthPx, heightPx }: FilmSize): BoxedMask | null {
  let left = widthPx, right = -1, top = heightPx, bottom = -1;
  for (let y = 0, i = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, i++) {
      if (!bits[i]) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return null;
  const width = right - left + 1, height = bottom - top + 1, mask = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) mask[i] = bits[(top + y) * widthPx + left + x] ? 1 : 0;
  }
  return { boxPx: { x: left, y: top, width, height }, mask };
}
